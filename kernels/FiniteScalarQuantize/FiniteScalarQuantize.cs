namespace Lacuna.Kernels;

/// <summary>Rounds every component of a vector to its levels and numbers the codeword: finite scalar quantisation (FSQ).</summary>
/// <remarks>
/// <code>
/// level[j]   = thresholds of dimension j that are at or below x[j]        (a NaN has level 0)
/// indices[v] = level[0] + L[0] (level[1] + L[1] (level[2] + ...))          the first dimension runs fastest
/// </code>
/// <para>Class: exact: comparisons and integers alone.</para>
/// <para>Cost: sum(L - 1) comparisons a vector; the levels are few. Grids of more than 2^31 - 1 codewords run by the reference.</para>
/// <para>Source: F. Mentzer et al., arXiv:2309.15505; the order of dimensions is that of vector-quantize-pytorch.</para>
/// </remarks>
public static unsafe partial class FiniteScalarQuantize
{
    /// <param name="grid">Levels and thresholds.</param>
    /// <param name="vectors">Shape [count, dimensions].</param>
    /// <param name="indices">Shape [count]; each is written, 0 to <see cref="FiniteScalarGrid.Count"/> - 1.</param>
    public delegate void Fn(FiniteScalarGrid grid, ReadOnlySpan<float> vectors, Span<long> indices);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FiniteScalarQuantize),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Blocks<FiniteScalarLanes128, System.Runtime.Intrinsics.Vector128<float>>),
        new Variant<Fn>(IsaLevel.Avx2, Blocks<FiniteScalarLanes256, System.Runtime.Intrinsics.Vector256<float>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static void Run(FiniteScalarGrid grid, ReadOnlySpan<float> vectors, Span<long> indices)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length, (long)indices.Length * grid.Dimensions, nameof(vectors));
        Table.Best(grid, vectors, indices);
    }
}
