using Lacuna.Workers;

namespace Lacuna.Quantization;

/// <summary>What every quantiser does: vectors to indices, and indices back to vectors.</summary>
/// <typeparam name="TIndex">
/// <see cref="int"/> where codewords are stored; <see cref="long"/> where the codebook is implied and never built.
/// </typeparam>
public interface IVectorQuantizer<TIndex>
    where TIndex : unmanaged
{
    /// <summary>Elements of a vector.</summary>
    int Dimensions { get; }

    /// <summary>Indices that a vector becomes.</summary>
    int IndicesPerVector { get; }

    /// <summary>Values that an index may take: 0 to this less 1.</summary>
    /// <param name="position">The index's place among those of its vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    TIndex CodewordsAt(int position);

    /// <summary>Finds the codewords of every vector.</summary>
    /// <param name="vectors">Shape [vectors, <see cref="Dimensions"/>].</param>
    /// <param name="indices">Shape [vectors, <see cref="IndicesPerVector"/>]; zeros unless the result is done.</param>
    /// <param name="nonFinite">What to do with NaN and infinity.</param>
    /// <param name="workers">Threads that share the vectors; null for the caller's alone. They change no bit.</param>
    /// <returns>Done; or, with <see cref="NonFinite.Reject"/>, the position in <paramref name="vectors"/> of what is not finite.</returns>
    /// <exception cref="ArgumentException">The spans are no whole number of vectors, or not of equally many.</exception>
    QuantizationResult Encode(
        ReadOnlySpan<float> vectors, Span<TIndex> indices, NonFinite nonFinite = NonFinite.Reject, WorkerPool? workers = null);

    /// <summary>Writes the vectors that indices stand for.</summary>
    /// <param name="indices">Shape [vectors, <see cref="IndicesPerVector"/>].</param>
    /// <param name="vectors">Shape [vectors, <see cref="Dimensions"/>]; zeros unless the result is done.</param>
    /// <returns>Done, or the position in <paramref name="indices"/> of the first that names no codeword.</returns>
    /// <exception cref="ArgumentException">The spans are no whole number of vectors, or not of equally many.</exception>
    QuantizationResult Decode(ReadOnlySpan<TIndex> indices, Span<float> vectors);
}
