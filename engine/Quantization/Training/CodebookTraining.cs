using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>Trains codebooks for flat, residual and product quantisation.</summary>
/// <remarks>
/// All methods are exact: the same seed, vectors and options give the same codebooks at every instruction-set level and with any
/// number of workers (<see cref="TrainingOptions"/>). They take their working memory from the heap and keep none.
/// </remarks>
public static class CodebookTraining
{
    /// <summary>Trains one codebook.</summary>
    /// <param name="dimensions">Elements of a vector, at least 1.</param>
    /// <param name="vectors">Shape [vectors, dimensions], at least as many vectors as codewords.</param>
    /// <param name="codewords">1 or more.</param>
    /// <param name="trained">The codebook; null unless the result is done.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="workers">Threads that share the work; null for the caller's alone. They change no bit.</param>
    /// <returns>Done, or the position in <paramref name="vectors"/> of what is not finite.</returns>
    /// <exception cref="ArgumentException">
    /// A number is out of range, the span is no whole number of vectors, or there are fewer vectors than codewords.
    /// </exception>
    public static QuantizationResult Flat(
        int dimensions, ReadOnlySpan<float> vectors, int codewords, out TrainedCodebook? trained, TrainingOptions? options = null,
        WorkerPool? workers = null)
    {
        options ??= new TrainingOptions();
        trained = null;
        QuantizationResult result = Check(dimensions, vectors, codewords, options);
        if (result.IsDone)
        {
            trained = KMeans.Train(dimensions, vectors, codewords, options, workers);
        }

        return result;
    }

    /// <summary>Trains the stages of residual quantisation, one after the other, each on what the ones before have left.</summary>
    /// <param name="dimensions">Elements of a vector, at least 1.</param>
    /// <param name="vectors">Shape [vectors, dimensions], at least as many vectors as codewords.</param>
    /// <param name="stages">1 or more; stage k is trained with the seed plus k.</param>
    /// <param name="codewords">Of a stage, 1 or more.</param>
    /// <param name="trained">A codebook for each stage; empty unless the result is done.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="workers">Threads that share the work; null for the caller's alone. They change no bit.</param>
    /// <returns>Done, or the position in <paramref name="vectors"/> of what is not finite.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Flat"/>.</exception>
    public static QuantizationResult Residual(
        int dimensions, ReadOnlySpan<float> vectors, int stages, int codewords, out TrainedCodebook[] trained,
        TrainingOptions? options = null, WorkerPool? workers = null)
    {
        options ??= new TrainingOptions();
        trained = [];
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        QuantizationResult result = Check(dimensions, vectors, codewords, options);
        if (!result.IsDone)
        {
            return result;
        }

        float[] residuals = vectors.ToArray();
        trained = new TrainedCodebook[stages];
        for (int k = 0; k < stages; k++)
        {
            TrainingOptions own = options with { Seed = options.Seed + (ulong)k };
            trained[k] = KMeans.Train(dimensions, residuals, codewords, own, workers);
            Subtract(trained[k].Codebook, residuals, workers);
        }

        return result;
    }

    /// <summary>Trains the codebooks of product quantisation, each on its own elements of the vectors.</summary>
    /// <param name="dimensions">Elements of a vector, at least 1.</param>
    /// <param name="vectors">Shape [vectors, dimensions], at least as many vectors as codewords.</param>
    /// <param name="groups">Subvectors, which divide the dimensions evenly; group g is trained with the seed plus g.</param>
    /// <param name="codewords">Of a group, 1 or more.</param>
    /// <param name="trained">A codebook for each subvector; empty unless the result is done.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="workers">Threads that share the work; null for the caller's alone. They change no bit.</param>
    /// <returns>Done, or the position in <paramref name="vectors"/> of what is not finite.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Flat"/>.</exception>
    public static QuantizationResult Product(
        int dimensions, ReadOnlySpan<float> vectors, int groups, int codewords, out TrainedCodebook[] trained,
        TrainingOptions? options = null, WorkerPool? workers = null)
    {
        options ??= new TrainingOptions();
        trained = [];
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dimensions % groups, 0, nameof(groups));
        QuantizationResult result = Check(dimensions, vectors, codewords, options);
        if (!result.IsDone)
        {
            return result;
        }

        int own = dimensions / groups;
        var part = new float[vectors.Length / groups];
        trained = new TrainedCodebook[groups];
        for (int g = 0; g < groups; g++)
        {
            VectorRows.Gather(vectors[Math.Min(g * own, vectors.Length)..], dimensions, part, own);
            trained[g] = KMeans.Train(own, part, codewords, options with { Seed = options.Seed + (ulong)g }, workers);
        }

        return result;
    }

    static QuantizationResult Check(int dimensions, ReadOnlySpan<float> vectors, int codewords, TrainingOptions options)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(codewords, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)codewords * dimensions, CodePanels.MaxFloats / 2, nameof(codewords));
        if (vectors.Length % dimensions != 0)
        {
            throw new ArgumentException($"{vectors.Length} elements are no whole vectors of {dimensions}.", nameof(vectors));
        }

        if (vectors.Length / dimensions < codewords)
        {
            throw new ArgumentException($"{vectors.Length / dimensions} vectors are too few for {codewords} codewords.", nameof(codewords));
        }

        int fault = FindNonFinite.Run(vectors);
        return fault < 0 ? QuantizationResult.Done : new QuantizationResult(QuantizationStatus.NotFinite, fault);
    }

    static void Subtract(Codebook codebook, float[] residuals, WorkerPool? workers)
    {
        var indices = new int[residuals.Length / codebook.Dimensions];
        new VectorQuantizer(codebook).Encode(residuals, indices, NonFinite.Map, workers);
        var left = new GatherShape(indices.Length, 1, codebook.Dimensions, GatherMode.Subtract);
        GatherCodewords.Run(left, indices, [codebook.Rows], residuals);
    }
}
