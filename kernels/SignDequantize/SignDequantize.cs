namespace Lacuna.Kernels;

/// <summary>Writes the corner of a cube that a number stands for.</summary>
/// <remarks>
/// <code>
/// x[v, j] = bit (dimensions - 1 - j) of indices[v] is set ? scale : -scale
/// </code>
/// <para>
/// The scale is 1 for look-up free quantisation, and 1 / sqrt(dimensions) for binary spherical quantisation. Class: exact.
/// Cost: bound by writing.
/// </para>
/// <para>Source: L. Yu et al., arXiv:2310.05737; Y. Zhao et al., arXiv:2406.07548.</para>
/// </remarks>
public static unsafe partial class SignDequantize
{
    /// <param name="dimensions">Components of a vector, 1 to <see cref="SignQuantize.MaxDimensions"/>.</param>
    /// <param name="scale">Magnitude of every component.</param>
    /// <param name="indices">Shape [count]; bits from <paramref name="dimensions"/> on are ignored.</param>
    /// <param name="vectors">Shape [count, dimensions]; all of it is written.</param>
    public delegate void Fn(int dimensions, float scale, ReadOnlySpan<long> indices, Span<float> vectors);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(SignDequantize),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Bytewise<SignLanes128>),
        new Variant<Fn>(IsaLevel.Avx2, Bytewise<SignLanes256>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The dimension is out of range, or the lengths do not agree.</exception>
    public static void Run(int dimensions, float scale, ReadOnlySpan<long> indices, Span<float> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, SignQuantize.MaxDimensions);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length, (long)indices.Length * dimensions, nameof(vectors));
        Table.Best(dimensions, scale, indices, vectors);
    }
}
