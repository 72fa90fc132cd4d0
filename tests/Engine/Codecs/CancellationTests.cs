using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

public class CancellationTests
{
    static readonly Picture Picture = Scenes.Make(1040, 16);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_cancelled_encode_ends_with_that_exception(int threads)
    {
        using var source = new CancellationTokenSource();
        var notes = new ProgressNotes(_ => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(
            () => ImageEncoder.Encode(Picture, new ImageEncoderOptions { Threads = threads, Progress = notes }, source.Token));
        Assert.Single(notes.Values);
        Assert.ThrowsAny<OperationCanceledException>(
            () => ImageEncoder.Encode(Picture, new ImageEncoderOptions { Threads = threads }, source.Token));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 0)]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.4)]
    [InlineData(5, 0.4)]
    public void A_cancelled_decode_ends_with_that_status_and_no_picture(int threads, double share)
    {
        byte[] stream = Coding.Encode(Picture);
        using var source = new CancellationTokenSource();
        var notes = new ProgressNotes(value =>
        {
            if (value >= share)
            {
                source.Cancel();
            }
        });
        var options = new ImageDecoderOptions { Threads = threads, Progress = notes };
        Assert.Equal(StreamStatus.Cancelled, ImageDecoder.Decode(stream, options, out Picture? picture, source.Token));
        Assert.Null(picture);
        Assert.DoesNotContain(1, notes.Values);
        Assert.Equal(StreamStatus.Cancelled, ImageDecoder.Decode(stream, options with { Progress = null }, out _, source.Token));
    }
}
