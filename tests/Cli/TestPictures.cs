using FsCheck;
using FsCheck.Fluent;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli;

/// <summary>Pictures that the tests of the command line make up.</summary>
static class TestPictures
{
    /// <summary>Pictures of all layouts and small sizes, with any bytes.</summary>
    public static Arbitrary<Picture> Any { get; } = (
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 40)
        from layout in Gen.Elements(PixelLayout.Grey, PixelLayout.GreyAlpha, PixelLayout.Rgb, PixelLayout.Rgba)
        from seed in Gen.Choose(0, int.MaxValue)
        select Noise(width, height, layout, seed)).ToArbitrary();

    /// <summary>A picture of noise.</summary>
    public static Picture Noise(int width, int height, PixelLayout layout, int seed)
    {
        var pixels = new byte[width * height * (int)layout];
        new Random(seed).NextBytes(pixels);
        return new Picture(width, height, layout, pixels);
    }

    /// <summary>A picture of smooth steps with some noise of the seed's strength; the metrics' reference values are of these.</summary>
    public static Picture Slopes(int width, int height, PixelLayout layout, uint seed)
    {
        int channels = (int)layout;
        var pixels = new byte[width * height * channels];
        uint state = seed;
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / channels % width, i / channels / width, i % channels);
            state = (1664525 * state) + 1013904223;
            pixels[i] = (byte)((((x * 3) + (y * 2) + (channel * 40)) % 200) + ((((state >> 24) * seed) >> 3) % 56));
        }

        return new Picture(width, height, layout, pixels);
    }

    /// <summary>Whether size, layout and every byte agree.</summary>
    public static bool Same(Picture a, Picture b) =>
        a.Width == b.Width && a.Height == b.Height && a.Layout == b.Layout && a.Pixels.AsSpan().SequenceEqual(b.Pixels);
}
