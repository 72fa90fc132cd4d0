using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Encodes and decodes in one line each.</summary>
static class Coding
{
    public static byte[] Encode(Picture picture, double quality = 50, int threads = 1) =>
        ImageEncoder.Encode(picture, new ImageEncoderOptions { Quality = quality, Threads = threads });

    public static Picture Decode(byte[] stream, int threads = 1)
    {
        Assert.Equal(StreamStatus.Done, ImageDecoder.Decode(stream, new ImageDecoderOptions { Threads = threads }, out Picture? picture));
        return picture!;
    }

    public static StreamStatus StatusOf(byte[] stream, long maxPixels = 1 << 20)
    {
        StreamStatus status = ImageDecoder.Decode(
            stream, new ImageDecoderOptions { Threads = 1, MaxPixels = maxPixels }, out Picture? picture);
        Assert.Equal(status == StreamStatus.Done, picture is not null);
        return status;
    }
}

/// <summary>Notes what it is told, on the thread that tells it.</summary>
sealed class ProgressNotes(Action<double>? then = null) : IProgress<double>
{
    public List<double> Values { get; } = [];

    public int Thread { get; } = Environment.CurrentManagedThreadId;

    public void Report(double value)
    {
        Assert.Equal(Thread, Environment.CurrentManagedThreadId);
        Values.Add(value);
        then?.Invoke(value);
    }
}
