namespace Lacuna.Kernels;

public static partial class FiniteScalarDequantize
{
    /// <summary>The reference: the digits of each index, the first dimension's first.</summary>
    static void Scalar(FiniteScalarGrid grid, ReadOnlySpan<long> indices, Span<float> vectors)
    {
        for (int v = 0; v < indices.Length; v++)
        {
            long rest = indices[v];
            for (int j = 0; j < grid.Dimensions; j++)
            {
                int half = grid.Levels[j] / 2;
                (rest, long level) = Math.DivRem(rest, grid.Levels[j]);
                vectors[v * grid.Dimensions + j] = (float)(level - half) / half;
            }
        }
    }
}
