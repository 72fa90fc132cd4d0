namespace Lacuna.Kernels;

/// <summary>Adds every vector to the sum of its code, and counts them: the update of k-means.</summary>
/// <remarks>
/// <code>
/// for v = 0 .. vectors-1:  counts[code[v]] += 1;  for i:  sums[code[v], i] = sums[code[v], i] + (double)x[v, i]
/// </code>
/// <para>
/// Class: exact. Every sum runs over ascending vectors in double, so every variant gives the bits of <see cref="Scalar"/>; a
/// NaN's sign and payload are not specified. Work may be shared by dimensions without changing a bit, by vectors not.
/// </para>
/// <para>Cost: a read of the vector, a read and a write of the sum; bound by the cache that holds the sums.</para>
/// </remarks>
public static unsafe partial class AccumulateVectors
{
    /// <param name="dimensions">Elements of a vector, at least 1.</param>
    /// <param name="sourceStride">From one vector to the next, in elements; at least the dimensions.</param>
    /// <param name="source">Shape [vectors, dimensions] in rows of the stride.</param>
    /// <param name="codes">Shape [vectors], each from 0 to one less than the counts' length.</param>
    /// <param name="sums">Shape [codes, dimensions]; added to.</param>
    /// <param name="counts">Shape [codes]; added to.</param>
    public delegate void Fn(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(AccumulateVectors),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Wide));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// A count is out of range, the spans do not agree, or a code is outside the counts; nothing has been added then.
    /// </exception>
    public static void Run(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceStride, dimensions);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, (long)counts.Length * dimensions, nameof(sums));
        if (codes.IsEmpty)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, (codes.Length - 1L) * sourceStride + dimensions, nameof(source));
        if (codes.ContainsAnyExceptInRange(0, counts.Length - 1))
        {
            throw new ArgumentOutOfRangeException(nameof(codes), $"A code is none of {counts.Length}.");
        }

        Table.Best(dimensions, sourceStride, source, codes, sums, counts);
    }
}
