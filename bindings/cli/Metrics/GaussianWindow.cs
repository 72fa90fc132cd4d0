using System.Numerics;
using System.Runtime.InteropServices;

namespace Lacuna.Cli.Metrics;

/// <summary>Smooths a plane with the Gaussian of structural similarity: 11 taps, sigma 1.5, only where the window fits.</summary>
static class GaussianWindow
{
    /// <summary>Taps of the window.</summary>
    public const int Taps = 11;

    const double Sigma = 1.5;

    /// <summary>Taps along a side: fewer, and odd, where the side is shorter than the window.</summary>
    public static int TapsFor(int side) => side >= Taps ? Taps : ((side - 1) / 2 * 2) + 1;

    /// <summary>Weights whose sum is 1.</summary>
    /// <param name="taps">Their number, odd.</param>
    public static double[] Weights(int taps)
    {
        var weights = new double[taps];
        for (int i = 0; i < taps; i++)
        {
            double distance = i - (taps / 2);
            weights[i] = Math.Exp(-distance * distance / (2 * Sigma * Sigma));
        }

        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Smooths a plane.</summary>
    /// <param name="plane">Samples, shape [height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="scratch">At least as long as <paramref name="plane"/>.</param>
    /// <param name="smooth">Receives shape [height - taps + 1, width - taps + 1], contiguous.</param>
    public static void Smooth(ReadOnlySpan<double> plane, int width, int height, Span<double> scratch, Span<double> smooth)
    {
        double[] across = Weights(TapsFor(width));
        double[] down = Weights(TapsFor(height));
        int columns = width - across.Length + 1;
        int rows = height - down.Length + 1;
        for (int y = 0; y < height; y++)
        {
            Span<double> row = scratch.Slice(y * columns, columns);
            row.Clear();
            for (int tap = 0; tap < across.Length; tap++)
            {
                AddScaled(plane.Slice((y * width) + tap, columns), across[tap], row);
            }
        }

        for (int y = 0; y < rows; y++)
        {
            Span<double> row = smooth.Slice(y * columns, columns);
            row.Clear();
            for (int tap = 0; tap < down.Length; tap++)
            {
                AddScaled(scratch.Slice((y + tap) * columns, columns), down[tap], row);
            }
        }
    }

    static void AddScaled(ReadOnlySpan<double> source, double weight, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> sources = MemoryMarshal.Cast<double, Vector<double>>(source);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var weights = new Vector<double>(weight);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += sources[i] * weights;
        }

        for (int i = sums.Length * Vector<double>.Count; i < sum.Length; i++)
        {
            sum[i] += source[i] * weight;
        }
    }
}
