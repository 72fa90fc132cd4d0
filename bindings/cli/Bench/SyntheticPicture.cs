using Lacuna.Codecs;

namespace Lacuna.Cli.Bench;

/// <summary>Makes a picture with smooth parts, texture, edges and noise: the same on every call.</summary>
static class SyntheticPicture
{
    /// <summary>Makes an RGB picture.</summary>
    public static Picture Make(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        uint noise = 12345;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double u, double v) = ((double)x / width, (double)y / height);
                noise = (1664525 * noise) + 1013904223;
                double grain = ((noise >> 16) & 15) - 7.5;
                double hills = 60 * Math.Sin((7 * u) + (3 * Math.Sin(5 * v)));
                double texture = v > 0.6 ? 25 * Math.Sin(140 * u * (1 + v)) * Math.Sin(90 * v) : 0;
                double disc = ((u - 0.7) * (u - 0.7)) + ((v - 0.3) * (v - 0.3)) < 0.02 ? 70 : 0;
                int i = 3 * ((y * width) + x);
                pixels[i] = Clamped(120 + hills + texture + disc + grain);
                pixels[i + 1] = Clamped(130 + (0.7 * hills) + texture + (0.5 * disc) + grain - (40 * v));
                pixels[i + 2] = Clamped(150 - (0.5 * hills) + (0.6 * texture) + grain + (50 * u));
            }
        }

        return new Picture(width, height, PixelLayout.Rgb, pixels);
    }

    static byte Clamped(double value) => (byte)Math.Clamp(value, 0, 255);
}
