using System.Numerics;

namespace Lacuna.Kernels;

public static partial class Histogram
{
    const int Interleave = 8;

    /// <summary>Eight histograms, one for each byte of a 64-bit load, so that equal neighbours need not wait.</summary>
    static unsafe void Interleaved(ReadOnlySpan<byte> bytes, Span<uint> counts)
    {
        uint* partial = stackalloc uint[Interleave * Values];
        int whole = bytes.Length / Interleave * Interleave;
        fixed (byte* source = bytes)
        {
            for (byte* at = source; at < source + whole; at += Interleave)
            {
                ulong eight = *(ulong*)at;
                partial[(byte)eight]++;
                partial[Values + (byte)(eight >> 8)]++;
                partial[(2 * Values) + (byte)(eight >> 16)]++;
                partial[(3 * Values) + (byte)(eight >> 24)]++;
                partial[(4 * Values) + (byte)(eight >> 32)]++;
                partial[(5 * Values) + (byte)(eight >> 40)]++;
                partial[(6 * Values) + (byte)(eight >> 48)]++;
                partial[(7 * Values) + (eight >> 56)]++;
            }
        }

        Scalar(bytes[whole..], counts);
        for (int value = 0; value < Values; value += Vector<uint>.Count)
        {
            var sum = new Vector<uint>(counts[value..]);
            for (int each = 0; each < Interleave; each++)
            {
                sum += *(Vector<uint>*)(partial + (each * Values) + value);
            }

            sum.CopyTo(counts[value..]);
        }
    }
}
