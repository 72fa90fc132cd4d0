using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Tests.Kernels;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>What is estimated is at least what is taken, and not much more.</summary>
[Trait("Level", "any")]
public class MemoryTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 3000, 1)]
    [InlineData(640, 480, 1)]
    [InlineData(640, 480, 5)]
    [InlineData(768, 512, 2)]
    [InlineData(1025, 1025, 1)]
    [InlineData(1500, 1100, 4)]
    public void Working_memory_stays_below_the_estimate_and_above_its_half(int width, int height, int threads)
    {
        const PixelLayout layout = PixelLayout.Rgba;
        const PixelFormat format = PixelFormat.Rgba;
        bool large = width > 512 && height > 512;
        Picture picture = Scenes.Make(width, height, layout);
        using (var allocator = new CountingAllocator())
        {
            ImageEncoder.Encode(picture, new ImageEncoderOptions { Threads = threads, Memory = allocator, Quality = 100 });
            long estimate = ImageMemory.EncodingBytes(width, height, format, threads);
            Assert.InRange(allocator.Peak, large ? estimate / 2 : 0, estimate);
        }

        byte[] stream = Coding.Encode(picture, threads: 2);
        using (var allocator = new CountingAllocator())
        {
            ImageDecoder.Decode(stream, new ImageDecoderOptions { Threads = threads, Memory = allocator }, out _);
            long estimate = ImageMemory.DecodingBytes(width, height, format, threads);
            Assert.InRange(allocator.Peak, large ? estimate / 2 : 0, estimate);
        }
    }

    [Fact]
    public void Noise_at_the_highest_quality_stays_below_the_estimate_too()
    {
        var noise = new Picture(600, 400, PixelLayout.Rgb, new byte[600 * 400 * 3]);
        new Random(2).NextBytes(noise.Pixels);
        using var allocator = new CountingAllocator();
        byte[] stream = ImageEncoder.Encode(noise, new ImageEncoderOptions { Threads = 1, Memory = allocator, Quality = 100 });
        Assert.InRange(allocator.Peak, 0, ImageMemory.EncodingBytes(600, 400, PixelFormat.Rgb, 1));
        Assert.InRange(stream.Length, 0, 600 * 400);
    }

    [Fact]
    public void The_whole_estimate_holds_the_frame_and_the_model_too()
    {
        const long frame = 4 * 128 * 50;
        const PixelFormat format = PixelFormat.PlanarRgba;
        long decoding = ImageMemory.EstimateDecoding(100, 50, format, 1) - ImageMemory.DecodingBytes(100, 50, format, 1);
        long encoding = ImageMemory.EstimateEncoding(100, 50, format, 1) - ImageMemory.EncodingBytes(100, 50, format, 1);
        Assert.InRange(decoding - frame, Packed(decoder: true), 7 << 20);
        Assert.InRange(encoding - frame, Packed(decoder: false), 8 << 20);
        Assert.Equal(
            ImageMemory.EstimateDecoding(3000, 3000, PixelFormat.Rgb, Math.Min(Environment.ProcessorCount, 256)),
            ImageMemory.EstimateDecoding(3000, 3000, PixelFormat.Rgb, 0));
    }

    [Theory]
    [InlineData(0, 1, PixelFormat.Rgb, 1)]
    [InlineData(1, 65536, PixelFormat.Rgb, 1)]
    [InlineData(1, 1, (PixelFormat)0, 1)]
    [InlineData(1, 1, PixelFormat.Rgb, -1)]
    [InlineData(1, 1, PixelFormat.Rgb, 257)]
    public void A_shape_that_no_picture_has_is_an_exception(int width, int height, PixelFormat format, int threads)
    {
        Assert.ThrowsAny<ArgumentException>(() => ImageMemory.EstimateDecoding(width, height, format, threads));
        Assert.ThrowsAny<ArgumentException>(() => ImageMemory.EstimateEncoding(width, height, format, threads));
    }

    /// <summary>Bytes of the weights, as float32, that a decoder or an encoder lays out.</summary>
    static long Packed(bool decoder) => ModelTensors.Shapes
        .Where(tensor => !decoder || !tensor.Key.Contains("analysis", StringComparison.Ordinal))
        .Where(tensor => decoder || !tensor.Key.StartsWith("synthesis", StringComparison.Ordinal))
        .Sum(tensor => 4L * tensor.Value.Aggregate(1, (count, side) => count * side));
}
