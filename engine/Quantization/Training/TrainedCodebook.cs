using Lacuna.Kernels;

namespace Lacuna.Quantization.Training;

/// <summary>What training came to: the codewords, and how often and how well they serve.</summary>
public sealed class TrainedCodebook
{
    internal TrainedCodebook(int dimensions, float[] codewords, long[] counts, double meanError, TrainingOptions options)
    {
        Counts = counts;
        Bits = BitsOf(counts);
        MeanError = meanError;
        var codebook = new Codebook(dimensions, codewords, new CodebookOptions { Metric = options.Metric });
        Codebook = options.Lambda > 0 ? codebook.WithRate(Bits, options.Lambda) : codebook;
    }

    /// <summary>The codewords; with <see cref="TrainingOptions.Lambda"/> above 0 its search takes <see cref="Bits"/> in.</summary>
    public Codebook Codebook { get; }

    /// <summary>Shape [codewords]: vectors of the training that each codeword serves.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>Shape [codewords]: -log2 of each codeword's share; one that serves nobody counts as serving half a vector.</summary>
    public float[] Bits { get; }

    /// <summary>Mean over the vectors of the squared distance, and of lambda bits.</summary>
    public double MeanError { get; }

    /// <summary>Mean bits of an index under an ideal coder that knows the shares.</summary>
    public double Entropy
    {
        get
        {
            double sum = 0, total = 0;
            for (int code = 0; code < Bits.Length; code++)
            {
                sum += Counts[code] * (double)Bits[code];
                total += Counts[code];
            }

            return sum / total;
        }
    }

    /// <summary>The cost of each index, from how often it occurs.</summary>
    internal static float[] BitsOf(ReadOnlySpan<long> counts)
    {
        double total = 0;
        foreach (long count in counts)
        {
            total += Math.Max(count, 0.5);
        }

        var bits = new float[counts.Length];
        for (int code = 0; code < bits.Length; code++)
        {
            bits[code] = (float)ExactMath.Log2(total / Math.Max(counts[code], 0.5));
        }

        return bits;
    }
}
