namespace Lacuna.Kernels;

/// <summary>Turns numbers of finite scalar codewords back into vectors.</summary>
/// <remarks>
/// <code>
/// level[j] = index div (L[0] ... L[j-1]) mod L[j];  w = L[j] div 2
/// x[j]     = (level[j] - w) / w                                           in [-1, 1]
/// </code>
/// <para>Class: exact: a subtraction of whole numbers and one division, correctly rounded.</para>
/// <para>Cost: a multiplication and a division a component. Grids of more than 2^22 codewords run by the reference.</para>
/// <para>Source: F. Mentzer et al., arXiv:2309.15505; <c>indices_to_codes</c> of vector-quantize-pytorch.</para>
/// </remarks>
public static unsafe partial class FiniteScalarDequantize
{
    /// <summary>Indices below this are exact as floats, and so are their quotients.</summary>
    const long MostCodewords = 1 << 22;

    /// <param name="grid">Levels.</param>
    /// <param name="indices">Shape [count]; each 0 to <see cref="FiniteScalarGrid.Count"/> - 1.</param>
    /// <param name="vectors">Shape [count, dimensions]; all of it is written.</param>
    public delegate void Fn(FiniteScalarGrid grid, ReadOnlySpan<long> indices, Span<float> vectors);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(FiniteScalarDequantize),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Blocks<FiniteScalarLanes128, System.Runtime.Intrinsics.Vector128<float>>),
        new Variant<Fn>(IsaLevel.Avx2, Blocks<FiniteScalarLanes256, System.Runtime.Intrinsics.Vector256<float>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The lengths do not agree, or there is no codeword of an index.</exception>
    public static void Run(FiniteScalarGrid grid, ReadOnlySpan<long> indices, Span<float> vectors)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length, (long)indices.Length * grid.Dimensions, nameof(vectors));
        if (indices.ContainsAnyExceptInRange(0, grid.Count - 1))
        {
            throw new ArgumentOutOfRangeException(nameof(indices), "An index is outside the grid.");
        }

        Table.Best(grid, indices, vectors);
    }
}
