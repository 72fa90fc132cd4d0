namespace Lacuna.Perf.Scene;

/// <summary>
/// Makes the sample picture: traces the scene at several rays a pixel, paints the meadow, develops it like a photograph.
/// </summary>
static class SceneRenderer
{
    static readonly Vec Eye = new(0, 9, 0);

    /// <summary>Renders the scene.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="oversampling">Rays a pixel along each side.</param>
    /// <returns>8-bit RGB, shape [height, width, 3].</returns>
    public static byte[] Render(int width, int height, int oversampling)
    {
        int fineWidth = width * oversampling;
        int fineHeight = height * oversampling;
        var canvas = new Vec[fineWidth * fineHeight];
        Parallel.For(0, fineHeight, y =>
        {
            for (int x = 0; x < fineWidth; x++)
            {
                double u = 2 * (x + 0.5) / fineWidth - 1;
                double v = (2 * (y + 0.5) - fineHeight) / fineWidth;
                canvas[y * fineWidth + x] = Tracer.Trace(Eye, new Vec(0.55 * u, 0.035 - 0.55 * v, 1).Unit);
            }
        });
        new Meadow(canvas, fineWidth, fineHeight).Paint();
        return Develop(canvas, width, height, oversampling);
    }

    static byte[] Develop(Vec[] canvas, int width, int height, int oversampling)
    {
        var pixels = new byte[width * height * 3];
        double share = 1.0 / (oversampling * oversampling);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Vec sum = default;
                for (int ray = 0; ray < oversampling * oversampling; ray++)
                {
                    int row = y * oversampling + ray / oversampling;
                    sum += Film(canvas[row * width * oversampling + x * oversampling + ray % oversampling]);
                }

                Print(sum * share, x, y, pixels.AsSpan((y * width + x) * 3, 3));
            }
        }

        return pixels;
    }

    /// <summary>The film's curve: linear light to 0..1 with a soft shoulder; the root stands for the display's gamma.</summary>
    static Vec Film(Vec light) => new(Curve(light.X), Curve(light.Y), Curve(light.Z));

    static double Curve(double x)
    {
        double exposed = 1.18 * Math.Max(x, 0);
        double shoulder = exposed * (1 + exposed / 7) / (1 + 0.62 * exposed);
        double tone = Math.Sqrt(Math.Min(shoulder, 1));
        return tone + 0.10 * tone * (1 - tone) * (2 * tone - 1) * 2;
    }

    static void Print(Vec tone, int x, int y, Span<byte> pixel)
    {
        double dx = x / 384.0 - 1;
        double dy = y / 256.0 - 1;
        double vignette = 1 - 0.045 * (dx * dx + dy * dy);
        double grey = 0.3 * tone.X + 0.59 * tone.Y + 0.11 * tone.Z;
        double grain = (1.1 + 1.6 * grey * (1 - grey)) * Gaussian(x, y, 240);
        pixel[0] = Level(tone.X * vignette, grain + 0.45 * Gaussian(x, y, 250));
        pixel[1] = Level(tone.Y * vignette, grain + 0.30 * Gaussian(x, y, 260));
        pixel[2] = Level(tone.Z * vignette, grain + 0.60 * Gaussian(x, y, 270));
    }

    static byte Level(double tone, double grain) => (byte)Math.Clamp(Math.Round(255 * tone + grain), 0, 255);

    /// <summary>Nearly normal, deviation 1: a sum of four uniform numbers.</summary>
    static double Gaussian(int x, int y, int seed) =>
        1.732 * (Noise.Cell(x, y, seed) + Noise.Cell(x, y, seed + 1) + Noise.Cell(x, y, seed + 2) + Noise.Cell(x, y, seed + 3) - 2);
}
