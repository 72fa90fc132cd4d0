using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Cli.Bench;

/// <summary>Encoding and decoding of a whole picture, on one thread and on all.</summary>
sealed class ImageArea : IBenchArea
{
    const int Width = 768;
    const int Height = 512;

    public string Name => "image";

    public string Description => $"encode and decode a made-up {Width} x {Height} picture at quality 50";

    public IReadOnlyList<BenchCase> Prepare(int processors)
    {
        Picture picture = SyntheticPicture.Make(Width, Height);
        byte[] stream = ImageEncoder.Encode(picture, new ImageEncoderOptions());
        int[] threadCounts = processors > 1 ? [1, processors] : [1];
        var cases = new List<BenchCase>();
        foreach (int threads in threadCounts)
        {
            var encoding = new ImageEncoderOptions { Threads = threads };
            var decoding = new ImageDecoderOptions { Threads = threads };
            cases.Add(BenchCase.Milliseconds("image/encode", threads, () => ImageEncoder.Encode(picture, encoding)));
            cases.Add(BenchCase.Milliseconds("image/decode", threads, () => Decode(stream, decoding)));
        }

        return cases;
    }

    static void Decode(byte[] stream, ImageDecoderOptions options)
    {
        StreamStatus status = ImageDecoder.Decode(stream, options, out _);
        if (status != StreamStatus.Done)
        {
            throw new InvalidOperationException($"The stream that was just made cannot be decoded: {status}.");
        }
    }
}
