using System.Buffers.Binary;
using System.Numerics;

namespace Lacuna.Kernels;

public static partial class FloatMerge
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(in FloatPlanes planes, Span<byte> floats)
    {
        for (int i = 0; i < planes.Count; i++)
        {
            if (planes.Width == 2)
            {
                int turned = planes.First[i] << 8 | planes.Second[i];
                BinaryPrimitives.WriteUInt16LittleEndian(floats[(2 * i)..], (ushort)(turned >> 1 | turned << 15));
            }
            else
            {
                int turned = planes.First[i] << 24 | planes.Second[i] << 16 | planes.Third[i] << 8 | planes.Fourth[i];
                BinaryPrimitives.WriteUInt32LittleEndian(floats[(4 * i)..], BitOperations.RotateRight((uint)turned, 1));
            }
        }
    }
}
