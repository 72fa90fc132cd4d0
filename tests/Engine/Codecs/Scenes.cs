using Lacuna.Codecs;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Pictures of any size and layout: soft slopes, a hard edge, fine stripes, a little grain.</summary>
static class Scenes
{
    public static Picture Make(int width, int height, PixelLayout layout = PixelLayout.Rgb, int seed = 1)
    {
        var pixels = new byte[width * height * (int)layout];
        var random = new Random(seed);
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < (int)layout; channel++)
                {
                    pixels[at++] = (byte)Math.Clamp(Level(x, y, channel) + random.Next(-3, 4), 0, 255);
                }
            }
        }

        return new Picture(width, height, layout, pixels);
    }

    /// <summary>A grey picture's twin of three equal channels.</summary>
    public static Picture Colour(Picture grey) =>
        new(grey.Width, grey.Height, PixelLayout.Rgb, [.. grey.Pixels.SelectMany(level => new[] { level, level, level })]);

    /// <summary>The last channel.</summary>
    public static byte[] Alpha(Picture picture) => [.. picture.Pixels.Where((_, i) => i % picture.Channels == picture.Channels - 1)];

    /// <summary>Peak signal-to-noise ratio over all channels but alpha, in dB.</summary>
    public static double Psnr(Picture expected, Picture actual)
    {
        int channels = expected.Layout is PixelLayout.Grey or PixelLayout.GreyAlpha ? 1 : 3;
        double sum = 0;
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            double error = i % expected.Channels < channels ? expected.Pixels[i] - actual.Pixels[i] : 0;
            sum += error * error;
        }

        return 10 * Math.Log10(255.0 * 255.0 * expected.Width * expected.Height * channels / Math.Max(sum, 1e-9));
    }

    static int Level(int x, int y, int channel)
    {
        int slope = 60 + (x * (3 + channel) + y * (5 - channel)) / 8 % 120;
        int disc = (x - 40) * (x - 40) + (y - 30) * (y - 30) < 500 ? 60 - 30 * channel : 0;
        int stripes = y % 64 > 44 && (x + y / 2) % 6 < 3 ? 35 : 0;
        return slope + disc + stripes;
    }
}
