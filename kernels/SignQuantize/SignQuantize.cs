namespace Lacuna.Kernels;

/// <summary>Numbers the corner of a cube that a vector points to: one bit a component, its sign.</summary>
/// <remarks>
/// <code>
/// indices[v] = sum over j of (x[v, j] > 0 ? 2^(dimensions - 1 - j) : 0)     the first component is the highest bit; a NaN is a 0
/// </code>
/// <para>
/// This is look-up free quantisation (LFQ), and binary spherical quantisation (BSQ) too, which divides the vector by its length first:
/// that changes no sign.
/// </para>
/// <para>Class: exact. Cost: a comparison for 4 or 8 components, and a shifted load a vector. Over 57 dimensions the reference runs.</para>
/// <para>Source: L. Yu et al., arXiv:2310.05737; Y. Zhao et al., arXiv:2406.07548; bit order as in vector-quantize-pytorch.</para>
/// </remarks>
public static unsafe partial class SignQuantize
{
    /// <summary>Most components of a vector: an index is a signed 64-bit number.</summary>
    public const int MaxDimensions = 63;

    /// <param name="dimensions">Components of a vector, 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="vectors">Shape [count, dimensions].</param>
    /// <param name="indices">Shape [count]; each is written, 0 to 2^dimensions - 1.</param>
    public delegate void Fn(int dimensions, ReadOnlySpan<float> vectors, Span<long> indices);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(SignQuantize),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Packed<SignLanes128>),
        new Variant<Fn>(IsaLevel.Avx2, Packed<SignLanes256>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The dimension is out of range, or the lengths do not agree.</exception>
    public static void Run(int dimensions, ReadOnlySpan<float> vectors, Span<long> indices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length, (long)indices.Length * dimensions, nameof(vectors));
        Table.Best(dimensions, vectors, indices);
    }
}
