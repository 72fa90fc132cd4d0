using System.Buffers;
using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Quantization;

/// <summary>Flat vector quantisation: a vector becomes the index of its nearest codeword, an index its codeword.</summary>
/// <remarks>
/// The indices are exact, the same at every instruction-set level and with any number of workers (see <see cref="Codebook"/>
/// for what is searched, <see cref="NearestCode"/> for the order of operations). Calls allocate nothing but with
/// <see cref="NonFinite.Map"/> where something must be mapped.
/// </remarks>
/// <param name="codebook">The codewords; shared, never changed.</param>
public sealed class VectorQuantizer(Codebook codebook)
{
    /// <summary>The codewords.</summary>
    public Codebook Codebook { get; } = codebook ?? throw new ArgumentNullException(nameof(codebook));

    /// <summary>Finds the nearest codeword of every vector.</summary>
    /// <param name="vectors">Shape [vectors, dimensions].</param>
    /// <param name="indices">Shape [vectors]; zeros unless the result is done.</param>
    /// <param name="nonFinite">What to do with NaN and infinity.</param>
    /// <param name="workers">Threads that share the vectors; null for the caller's alone.</param>
    /// <returns>Done; or, with <see cref="NonFinite.Reject"/>, the position in <paramref name="vectors"/> of what is not finite.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="vectors"/> is no whole number of vectors, or <paramref name="indices"/> has another length than there are vectors.
    /// </exception>
    public QuantizationResult Encode(
        ReadOnlySpan<float> vectors,
        Span<int> indices,
        NonFinite nonFinite = NonFinite.Reject,
        WorkerPool? workers = null)
    {
        CheckVectors(vectors.Length, nameof(vectors));
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, vectors.Length / Codebook.Dimensions, nameof(indices));

        int fault = FindNonFinite.Run(vectors);
        if (fault < 0)
        {
            Search(vectors, indices, workers);
            return QuantizationResult.Done;
        }

        if (nonFinite == NonFinite.Reject)
        {
            indices.Clear();
            return new QuantizationResult(QuantizationStatus.NotFinite, fault);
        }

        float[] mapped = ArrayPool<float>.Shared.Rent(vectors.Length);
        FiniteValues.Map(vectors, mapped);
        Search(mapped.AsSpan(0, vectors.Length), indices, workers);
        ArrayPool<float>.Shared.Return(mapped);
        return QuantizationResult.Done;
    }

    /// <summary>Writes the codeword of every index.</summary>
    /// <param name="indices">Shape [vectors].</param>
    /// <param name="vectors">Shape [vectors, dimensions]; zeros unless the result is done.</param>
    /// <returns>Done, or the position in <paramref name="indices"/> of the first that names no codeword.</returns>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> has not dimensions elements for every index.</exception>
    public QuantizationResult Decode(ReadOnlySpan<int> indices, Span<float> vectors)
    {
        CheckVectors(vectors.Length, nameof(vectors));
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length / Codebook.Dimensions, indices.Length, nameof(vectors));

        int fault = indices.IndexOfAnyExceptInRange(0, Codebook.Count - 1);
        if (fault >= 0)
        {
            vectors.Clear();
            return new QuantizationResult(QuantizationStatus.InvalidIndex, fault);
        }

        for (int i = 0; i < indices.Length; i++)
        {
            Codebook.Stored.Copy(indices[i], vectors.Slice(i * Codebook.Dimensions, Codebook.Dimensions));
        }

        return QuantizationResult.Done;
    }

    void Search(ReadOnlySpan<float> vectors, Span<int> indices, WorkerPool? workers)
    {
        _ = workers;
        NearestCode.Run(new NearestCodeShape(indices.Length, Codebook.Dimensions), vectors, Codebook.Panels, indices, []);
    }

    void CheckVectors(int length, string name)
    {
        if (length % Codebook.Dimensions != 0)
        {
            throw new ArgumentException($"{length} elements are no whole vectors of {Codebook.Dimensions}.", name);
        }
    }
}
