namespace Lacuna.Quantization.Training;

/// <summary>How codebooks are trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Chooses the random numbers. The same seed, vectors and options give the same codebooks on every machine.</summary>
    public ulong Seed { get; init; }

    /// <summary>Iterations at most, 0 or more: of Lloyd's algorithm, which ends before where nothing changes, or mini-batches.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Vectors of a mini-batch; 0 for Lloyd's algorithm over all vectors.</summary>
    public int BatchVectors { get; init; }

    /// <summary>Lloyd's algorithm looks at no more vectors for each codeword, chosen at random; 0 for all.</summary>
    public int MaxVectorsPerCodeword { get; init; } = 256;

    /// <summary>Euclidean, or Cosine: vectors of length 1 then take the place of the vectors.</summary>
    public CodeMetric Metric { get; init; }

    /// <summary>What a bit is worth in squared distance: above 0 the training is entropy-constrained (ECVQ).</summary>
    public float Lambda { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the metric cannot be trained.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Iterations);
        ArgumentOutOfRangeException.ThrowIfNegative(BatchVectors);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxVectorsPerCodeword);
        if (!(Lambda >= 0 && float.IsFinite(Lambda)))
        {
            throw new ArgumentOutOfRangeException(nameof(Lambda), Lambda, "Lambda must be finite and 0 or more.");
        }

        if (Metric is not (CodeMetric.Euclidean or CodeMetric.Cosine) || (Metric == CodeMetric.Cosine && Lambda > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Metric), Metric, "Training wants the Euclidean metric, or Cosine without lambda.");
        }
    }
}
