using System.Numerics;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Estimates what bytes carry when each is taken by itself, in integers: the same choice on every machine.</summary>
static class ByteEntropy
{
    const int FractionBits = 16;
    const int IndexBits = 8;

    /// <summary>1 / (2 ln 2): what a value seen in a sample adds to the information that a sample of this size hides.</summary>
    const long MillerMadow = 47_274;

    /// <summary>log2(1 + i / 256) in 1 / 65536.</summary>
    static readonly int[] Logarithms = MakeLogarithms();

    /// <summary>Information in bytes that are drawn as those of a sample are.</summary>
    /// <param name="sample">1 byte or more, up to 2^24.</param>
    /// <param name="used">Different values in the sample.</param>
    /// <returns>Bits a sample as long, in 1 / 65536: entropy with the correction of G. Miller and W. Madow (1955).</returns>
    public static long Bits(ReadOnlySpan<byte> sample, out int used)
    {
        Span<uint> counts = stackalloc uint[Histogram.Values];
        Histogram.Run(sample, counts);
        used = 0;
        long bits = sample.Length * Log2((uint)sample.Length);
        foreach (uint count in counts)
        {
            if (count > 0)
            {
                used++;
                bits -= count * Log2(count);
            }
        }

        return bits + ((used - 1) * MillerMadow);
    }

    /// <summary>Base-2 logarithm in 1 / 65536, within 2^-16.</summary>
    /// <param name="value">1 to 2^24.</param>
    static long Log2(uint value)
    {
        int exponent = BitOperations.Log2(value);
        int mantissa = (int)(((long)value << (24 - exponent)) & 0xFFFFFF);
        int index = mantissa >> (24 - IndexBits);
        long rest = mantissa & ((1 << (24 - IndexBits)) - 1);
        long step = Logarithms[index + 1] - Logarithms[index];
        return ((long)exponent << FractionBits) + Logarithms[index] + ((step * rest) >> (24 - IndexBits));
    }

    static int[] MakeLogarithms()
    {
        var logarithms = new int[(1 << IndexBits) + 1];
        for (int i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = (int)((ExactMath.Log2(1 + (i / (double)(1 << IndexBits))) * (1 << FractionBits)) + 0.5);
        }

        return logarithms;
    }
}
