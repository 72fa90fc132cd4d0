using System.Numerics;

namespace Lacuna.Kernels;

public static partial class Crc32C
{
    /// <summary>Bytes of each of the streams that are checked side by side: a power of two.</summary>
    const int StreamBytes = 2048;

    /// <summary>The coefficient of x^0 in a register, whose bits are in reverse.</summary>
    const uint One = 1u << 31;

    /// <summary>The register after <see cref="StreamBytes"/> more zeros: checks are linear, so streams join by exclusive or.</summary>
    static uint PastStream(uint register)
    {
        uint[] table = Shift.Table;
        return table[(byte)register] ^ table[256 + (byte)(register >> 8)]
            ^ table[512 + (byte)(register >> 16)] ^ table[768 + (register >> 24)];
    }

    /// <summary>The product of two polynomials modulo the check's.</summary>
    static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (; a != 0; a <<= 1)
        {
            product ^= (a >> 31) * b;
            b = b >> 1 ^ (b & 1) * Reflected;
        }

        return product;
    }

    /// <summary>Made when the first long block is checked.</summary>
    static class Shift
    {
        /// <summary>Shape [4, 256]: every value of each byte of a register, times x^(8 StreamBytes).</summary>
        public static readonly uint[] Table = MakeTable();

        static uint[] MakeTable()
        {
            uint power = One >> 1;
            for (int i = 0; i < BitOperations.Log2(8 * StreamBytes); i++)
            {
                power = Multiply(power, power);
            }

            uint[] table = new uint[4 * 256];
            for (int i = 0; i < table.Length; i++)
            {
                table[i] = Multiply((uint)(i & 255) << (8 * (i >> 8)), power);
            }

            return table;
        }
    }
}
