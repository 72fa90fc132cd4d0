using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class FiniteScalarDequantize
{
    /// <summary>A vector register holds one dimension of several vectors.</summary>
    /// <remarks>
    /// For whole x below 2^22, (x + 1/2) / L is at least 1 / 2L away from any whole number, which is more than float32 errs by.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Blocks<TLanes, TVector>(FiniteScalarGrid grid, ReadOnlySpan<long> indices, Span<float> vectors)
        where TLanes : IFiniteScalarLanes<TVector>
        where TVector : unmanaged
    {
        int dimensions = grid.Dimensions;
        int whole = grid.Count <= MostCodewords ? indices.Length - indices.Length % TLanes.Count : 0;
        fixed (long* source = indices)
        fixed (float* first = vectors)
        {
            for (int v = 0; v < whole; v += TLanes.Count)
            {
                float* block = first + (nint)v * dimensions;
                TVector rest = TLanes.LoadIndices(source + v);
                for (int j = 0; j < dimensions; j++)
                {
                    int levels = grid.Levels[j];
                    TVector quotient = TLanes.Quotient(rest, levels);
                    TLanes.Scatter(TLanes.Value(rest, quotient, levels, levels / 2), block + j, dimensions);
                    rest = quotient;
                }
            }
        }

        Scalar(grid, indices[whole..], vectors[(whole * dimensions)..]);
    }
}
