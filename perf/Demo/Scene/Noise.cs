namespace Lacuna.Perf.Scene;

/// <summary>Pseudo-random fields: a hash of integers, smooth value noise, and sums of its octaves.</summary>
static class Noise
{
    public static uint Hash(int x, int y, int seed)
    {
        uint h = (uint)x * 0x9E3779B1u ^ (uint)y * 0x85EBCA77u ^ (uint)seed * 0xC2B2AE3Du;
        h = (h ^ h >> 15) * 0x2C1B3C6Du;
        h = (h ^ h >> 12) * 0x297A2D39u;
        return h ^ h >> 15;
    }

    /// <summary>Uniform in 0 to 1.</summary>
    public static double Cell(int x, int y, int seed) => Hash(x, y, seed) * (1.0 / 4294967296.0);

    /// <summary>Value noise, 0 to 1, one cell a unit, smooth to the second derivative.</summary>
    public static double Value(double x, double y, int seed)
    {
        double left = Math.Floor(x);
        double top = Math.Floor(y);
        int column = (int)left;
        int row = (int)top;
        double u = Fade(x - left);
        double v = Fade(y - top);
        double upper = Cell(column, row, seed) * (1 - u) + Cell(column + 1, row, seed) * u;
        double lower = Cell(column, row + 1, seed) * (1 - u) + Cell(column + 1, row + 1, seed) * u;
        return upper * (1 - v) + lower * v;
    }

    /// <summary>Octaves of value noise, each turned and twice as fine at <paramref name="gain"/> of the amplitude; 0 to 1.</summary>
    public static double Fractal(double x, double y, int octaves, double gain, int seed)
    {
        double sum = 0;
        double total = 0;
        double amplitude = 1;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += amplitude * Value(x, y, seed + octave);
            total += amplitude;
            amplitude *= gain;
            (x, y) = (1.6 * x + 1.2 * y, 1.6 * y - 1.2 * x);
        }

        return sum / total;
    }

    /// <summary>Octaves of folded noise: sharp crests, detail where it is already high, as weathered mountains have; 0 to 1.</summary>
    public static double Ridged(double x, double y, int octaves, int seed)
    {
        double sum = 0;
        double total = 0;
        double amplitude = 1;
        double carry = 1;
        for (int octave = 0; octave < octaves; octave++)
        {
            double crest = 1 - Math.Abs(2 * Value(x, y, seed + octave) - 1);
            crest *= crest;
            sum += amplitude * crest * carry;
            total += amplitude;
            carry = Math.Clamp(crest * 1.6, 0.15, 1);
            amplitude *= 0.5;
            (x, y) = (1.6 * x + 1.2 * y, 1.6 * y - 1.2 * x);
        }

        return sum / total;
    }

    static double Fade(double t) => t * t * t * (t * (t * 6 - 15) + 10);
}
