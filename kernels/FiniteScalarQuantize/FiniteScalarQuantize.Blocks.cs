using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class FiniteScalarQuantize
{
    /// <summary>A vector register holds one dimension of several vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Blocks<TLanes, TVector>(FiniteScalarGrid grid, ReadOnlySpan<float> vectors, Span<long> indices)
        where TLanes : IFiniteScalarLanes<TVector>
        where TVector : unmanaged
    {
        int dimensions = grid.Dimensions;
        int whole = grid.Count <= int.MaxValue ? indices.Length - indices.Length % TLanes.Count : 0;
        fixed (float* first = vectors)
        fixed (long* destination = indices)
        {
            for (int v = 0; v < whole; v += TLanes.Count)
            {
                float* block = first + (nint)v * dimensions;
                TVector index = default;
                for (int j = dimensions - 1; j >= 0; j--)
                {
                    TVector level = default;
                    TVector x = TLanes.Gather(block + j, dimensions);
                    foreach (float threshold in grid.Thresholds(j))
                    {
                        level = TLanes.CountReached(level, x, threshold);
                    }

                    index = TLanes.Append(index, grid.Levels[j], level);
                }

                TLanes.StoreIndices(index, destination + v);
            }
        }

        Scalar(grid, vectors[(whole * dimensions)..], indices[whole..]);
    }
}
