using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

public class AllocationTests
{
    /// <summary>A layer may allocate; a symbol, a position or a row may not: that would be megabytes here.</summary>
    [Theory]
    [InlineData(64, 64)]
    [InlineData(400, 300)]
    public void Decoding_allocates_the_picture_and_a_fixed_amount(int width, int height)
    {
        const long layersAndTables = 400_000, bytesPerRegionSymbol = 3;
        byte[] stream = ImageEncoder.Encode(Waves(width, height), new ImageEncoderOptions { Quality = 70, Threads = 1 });
        var options = new ImageDecoderOptions { Threads = 1 };
        ImageDecoder.Decode(stream, options, out _); // the model and the tables come once

        long before = GC.GetAllocatedBytesForCurrentThread();
        StreamStatus status = ImageDecoder.Decode(stream, options, out Picture? picture);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(StreamStatus.Done, status);
        long symbolsOfPass = ((width + 15L) / 16) * ((height + 15L) / 16) * 64;
        Assert.InRange(allocated - picture!.Pixels.Length - bytesPerRegionSymbol * symbolsOfPass, 0, layersAndTables);
    }

    static Picture Waves(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i * i / 977 + i % 31);
        }

        return new Picture(width, height, PixelLayout.Rgb, pixels);
    }
}
