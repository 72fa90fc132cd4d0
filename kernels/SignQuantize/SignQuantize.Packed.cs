using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class SignQuantize
{
    /// <summary>Vectors whose bits are packed at a time: they fill whole bytes, whatever the dimension.</summary>
    const int BlockVectors = 64;

    /// <summary>The longest field that eight bytes hold wherever in the first of them it begins.</summary>
    const int WidestField = 57;

    /// <summary>
    /// The signs of a block become one string of bits, high bits first, from which every vector takes its field.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Packed<TLanes>(int dimensions, ReadOnlySpan<float> vectors, Span<long> indices)
        where TLanes : ISignLanes
    {
        int whole = dimensions <= WidestField ? indices.Length - indices.Length % BlockVectors : 0;
        byte* bits = stackalloc byte[BlockVectors * WidestField / 8 + sizeof(ulong)];
        fixed (float* first = vectors)
        fixed (long* destination = indices)
        {
            for (int v = 0; v < whole; v += BlockVectors)
            {
                float* block = first + (nint)v * dimensions;
                for (int i = 0; i < BlockVectors / 8 * dimensions; i++)
                {
                    bits[i] = TLanes.Signs(block + 8 * i);
                }

                int position = 0;
                for (int i = 0; i < BlockVectors; i++, position += dimensions)
                {
                    ulong bytes = Unsafe.ReadUnaligned<ulong>(bits + (position >> 3));
                    bytes = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(bytes) : bytes;
                    destination[v + i] = (long)(bytes << (position & 7) >> (64 - dimensions));
                }
            }
        }

        Scalar(dimensions, vectors[(whole * dimensions)..], indices[whole..]);
    }
}
