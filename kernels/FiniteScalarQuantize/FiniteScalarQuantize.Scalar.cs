namespace Lacuna.Kernels;

public static partial class FiniteScalarQuantize
{
    /// <summary>The reference: one component after the other, the last dimension first.</summary>
    static void Scalar(FiniteScalarGrid grid, ReadOnlySpan<float> vectors, Span<long> indices)
    {
        for (int v = 0; v < indices.Length; v++)
        {
            long index = 0;
            for (int j = grid.Dimensions - 1; j >= 0; j--)
            {
                float x = vectors[v * grid.Dimensions + j];
                int level = 0;
                foreach (float threshold in grid.Thresholds(j))
                {
                    level += x >= threshold ? 1 : 0;
                }

                index = index * grid.Levels[j] + level;
            }

            indices[v] = index;
        }
    }
}
