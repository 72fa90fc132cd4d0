namespace Lacuna.Kernels;

/// <summary>Sums the codewords that the indices of each vector name: decoding of flat, residual and product quantisation.</summary>
/// <remarks>
/// <code>
/// Replace    y = c[0];      for s = 1 .. stages-1:  y = y + c[s]
/// Add        y = vector;    for s = 0 .. stages-1:  y = y + c[s]
/// Subtract   y = vector;    for s = 0 .. stages-1:  y = y - c[s]
/// </code>
/// where <c>c[s] = stages[s][indices[v, s]]</c>, in float32: an int8 codeword is its integers times its scale, rounded
/// once. Fewer stages than there are indices make a coarser vector.
/// <para>
/// Class: exact. Every variant gives the bits of <see cref="Scalar"/>; where the result is a NaN its sign and payload are not specified.
/// </para>
/// <para>Cost: one read of every codeword named and one write of the vector; bound by the cache that holds the codewords.</para>
/// </remarks>
public static unsafe partial class GatherCodewords
{
    /// <param name="shape">Vectors, strides and mode.</param>
    /// <param name="indices">
    /// Shape [vectors, stages] in rows of <see cref="GatherShape.IndexStride"/>; each names a codeword of its stage.
    /// </param>
    /// <param name="stages">At least one, all of the same dimensions; their storage may differ.</param>
    /// <param name="destination">
    /// Shape [vectors, dimensions] in rows of <see cref="GatherShape.DestinationStride"/>; what lies between is left alone.
    /// </param>
    public delegate void Fn(in GatherShape shape, ReadOnlySpan<int> indices, ReadOnlySpan<CodeRows> stages, Span<float> destination);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(GatherCodewords),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Sweep<GatherLanes128, System.Runtime.Intrinsics.Vector128<float>>),
        new Variant<Fn>(IsaLevel.Avx2, Sweep<GatherLanes256, System.Runtime.Intrinsics.Vector256<float>>),
        new Variant<Fn>(IsaLevel.Avx512, Sweep<GatherLanes512, System.Runtime.Intrinsics.Vector512<float>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// There is no stage, dimensions differ, a stride is below its row, a span ends before its last row does, or an index names
    /// no codeword; nothing has been written then.
    /// </exception>
    public static void Run(in GatherShape shape, ReadOnlySpan<int> indices, ReadOnlySpan<CodeRows> stages, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Vectors);
        ArgumentOutOfRangeException.ThrowIfZero(stages.Length, nameof(stages));
        if (shape.Vectors == 0)
        {
            return;
        }

        CheckRows(shape.Vectors, shape.IndexStride, stages.Length, indices.Length, nameof(indices));
        CheckRows(shape.Vectors, shape.DestinationStride, stages[0].Dimensions, destination.Length, nameof(destination));
        for (int stage = 0; stage < stages.Length; stage++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(stages[stage].Dimensions, stages[0].Dimensions, nameof(stages));
            CheckIndices(shape, indices[stage..], stages[stage].Count);
        }

        Table.Best(shape, indices, stages, destination);
    }

    static void CheckIndices(in GatherShape shape, ReadOnlySpan<int> indices, int count)
    {
        for (int vector = 0, at = 0; vector < shape.Vectors; vector++, at += shape.IndexStride)
        {
            if ((uint)indices[at] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[at], $"Vector {vector}: there are {count} codewords.");
            }
        }
    }

    static void CheckRows(int rows, int stride, int width, int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, (rows - 1L) * stride + width, name);
    }
}
