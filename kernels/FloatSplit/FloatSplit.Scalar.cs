using System.Buffers.Binary;
using System.Numerics;

namespace Lacuna.Kernels;

public static partial class FloatSplit
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(ReadOnlySpan<byte> floats, int width, Span<byte> planes)
    {
        int count = floats.Length / width;
        for (int i = 0; i < count; i++)
        {
            if (width == 2)
            {
                ushort value = BinaryPrimitives.ReadUInt16LittleEndian(floats[(2 * i)..]);
                ushort turned = (ushort)(value << 1 | value >> 15);
                planes[i] = (byte)(turned >> 8);
                planes[count + i] = (byte)turned;
            }
            else
            {
                uint turned = BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(floats[(4 * i)..]), 1);
                planes[i] = (byte)(turned >> 24);
                planes[count + i] = (byte)(turned >> 16);
                planes[2 * count + i] = (byte)(turned >> 8);
                planes[3 * count + i] = (byte)turned;
            }
        }
    }
}
