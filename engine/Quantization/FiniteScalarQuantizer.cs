using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Finite scalar quantisation (FSQ): every element is rounded to a few levels; the codebook is implied.</summary>
/// <remarks>
/// Definition and conventions: <see cref="FiniteScalarGrid"/>. One index a vector, of 64 bits, the first dimension fastest. Decoded
/// elements are the levels' values in [-1, 1]. Where a decoded vector is to be encoded again, use
/// <see cref="FiniteScalarBound.Nearest"/>: tanh would move it.
/// </remarks>
/// <param name="grid">The levels; shared, never changed.</param>
public sealed class FiniteScalarQuantizer(FiniteScalarGrid grid) : BlockQuantizer<long>(DimensionsOf(grid), 1, BlockVectorCount)
{
    const int BlockVectorCount = 4096;

    /// <summary>Makes a quantiser of such levels with tanh, as encoder networks want it.</summary>
    /// <param name="levels">Levels of each dimension.</param>
    /// <exception cref="ArgumentException">As <see cref="FiniteScalarGrid(ReadOnlySpan{int}, FiniteScalarBound)"/> says.</exception>
    public FiniteScalarQuantizer(params ReadOnlySpan<int> levels)
        : this(new FiniteScalarGrid(levels))
    {
    }

    /// <summary>The levels.</summary>
    public FiniteScalarGrid Grid => grid;

    /// <inheritdoc/>
    public override long CodewordsAt(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(position, 0);
        return grid.Count;
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> vectors, Span<long> indices, int worker) =>
        FiniteScalarQuantize.Run(grid, vectors, indices);

    private protected override void DecodeValid(ReadOnlySpan<long> indices, Span<float> vectors) =>
        FiniteScalarDequantize.Run(grid, indices, vectors);

    static int DimensionsOf(FiniteScalarGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return grid.Dimensions;
    }
}
