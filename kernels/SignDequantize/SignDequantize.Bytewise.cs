using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class SignDequantize
{
    /// <summary>Eight components at a time; what is written past a vector's end is written again with the next vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Bytewise<TLanes>(int dimensions, float scale, ReadOnlySpan<long> indices, Span<float> vectors)
        where TLanes : ISignLanes
    {
        int behind = (8 / dimensions) + 1;
        int whole = Math.Max(0, indices.Length - behind);
        fixed (float* first = vectors)
        {
            for (int v = 0; v < whole; v++)
            {
                float* destination = first + (nint)v * dimensions;
                ulong bits = (ulong)indices[v] << (64 - dimensions);
                for (int j = 0; j < dimensions; j += 8, bits <<= 8)
                {
                    TLanes.Spread((byte)(bits >> 56), scale, destination + j);
                }
            }
        }

        Scalar(dimensions, scale, indices[whole..], vectors[(whole * dimensions)..]);
    }
}
