using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

[Collection(nameof(OneAtATime))]
public class AllocationTests
{
    [Theory]
    [InlineData(64, 64, PixelLayout.Rgb, PixelFormat.Rgb, 1)]
    [InlineData(400, 300, PixelLayout.Rgba, PixelFormat.Bgra, 1)]
    [InlineData(400, 300, PixelLayout.Rgba, PixelFormat.Bgra, 4)]
    [InlineData(300, 40, PixelLayout.Grey, PixelFormat.PlanarRgba, 4)]
    [InlineData(5000, 24, PixelLayout.Rgb, PixelFormat.Rgb, 1)] // five regions and tiles, side by side where there are four threads
    [InlineData(5000, 24, PixelLayout.GreyAlpha, PixelFormat.GreyAlpha, 4)]
    [InlineData(2000, 24, PixelLayout.Rgb, PixelFormat.Rgb, 4)]
    public unsafe void Nothing_is_allocated_from_the_second_picture_on(
        int width, int height, PixelLayout layout, PixelFormat format, int threads)
    {
        byte[] stream = Coding.Encode(Scenes.Make(width, height, layout), quality: 70, threads: 2);
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = threads });
        int rowBytes = PixelFormats.RowBytes(format, width);
        var pixels = new byte[rowBytes * height * PixelFormats.Planes(format)];
        fixed (byte* first = pixels)
        {
            nint plane = rowBytes * height;
            nint[] planes = [(nint)first, (nint)first + plane, (nint)first + 2 * plane, (nint)first + 3 * plane];
            var view = new PictureView(width, height, format, planes, [rowBytes, rowBytes, rowBytes, rowBytes]);
            var bytes = new long[threads];
            Decode(decoder, stream, view, 2);
            Allocated(decoder, bytes);
            long[] before = [.. Allocated(decoder, bytes)];
            long[] between = [.. Allocated(decoder, bytes)];
            Decode(decoder, stream, view, 5);
            long[] after = [.. Allocated(decoder, bytes)];

            // Asking allocates: the same again is what decoding may have added, and no more.
            Assert.All(Enumerable.Range(0, threads), i => Assert.Equal(between[i] - before[i], after[i] - between[i]));
        }

        Assert.Contains(pixels, value => value != 0);
    }

    static void Decode(ImageDecoder decoder, byte[] stream, in PictureView view, int times)
    {
        for (int i = 0; i < times; i++)
        {
            StreamStatus status = decoder.Decode(stream, view);
            if (status != StreamStatus.Done)
            {
                Assert.Fail(status.ToString());
            }
        }
    }

    /// <summary>Bytes that each thread of the decoder has ever allocated.</summary>
    static long[] Allocated(ImageDecoder decoder, long[] bytes)
    {
        int met = 0;
        decoder.Pool.For(bytes.Length, (_, worker) =>
        {
            bytes[worker] = GC.GetAllocatedBytesForCurrentThread();
            Interlocked.Increment(ref met);
            SpinWait.SpinUntil(() => Volatile.Read(ref met) == bytes.Length); // so that each thread takes one
        });
        return bytes;
    }
}
