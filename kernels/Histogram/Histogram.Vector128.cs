using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

public static unsafe partial class Histogram
{
    const int Pairs = Values * Values;

    /// <summary>Between two tables: not a multiple of a page, at which stores and loads are taken for the same.</summary>
    const int Apart = Pairs + 80;

    /// <summary>From here on it is worth clearing and summing tables of pairs.</summary>
    const int ManyBytes = 1 << 17;

    static void Vector128(ReadOnlySpan<byte> bytes, Span<uint> counts)
    {
        int whole = bytes.Length / sizeof(ulong) * sizeof(ulong);
        Scalar(bytes[whole..], counts);
        fixed (byte* source = bytes)
        {
            if (bytes.Length < ManyBytes)
            {
                ByBytes((ulong*)source, (ulong*)(source + whole), counts);
            }
            else
            {
                ByPairs((ulong*)source, (ulong*)(source + whole), counts);
            }
        }
    }

    /// <summary>Four histograms in turn, so that equal neighbours need not wait for each other's store.</summary>
    static void ByBytes(ulong* source, ulong* end, Span<uint> counts)
    {
        uint* first = stackalloc uint[4 * Values];
        uint* second = first + Values;
        uint* third = second + Values;
        uint* fourth = third + Values;
        for (ulong* at = source; at < end; at++)
        {
            ulong eight = *at;
            first[(nuint)(byte)eight]++;
            second[(nuint)(byte)(eight >> 8)]++;
            third[(nuint)(byte)(eight >> 16)]++;
            fourth[(nuint)(byte)(eight >> 24)]++;
            first[(nuint)(byte)(eight >> 32)]++;
            second[(nuint)(byte)(eight >> 40)]++;
            third[(nuint)(byte)(eight >> 48)]++;
            fourth[(nuint)(eight >> 56)]++;
        }

        Span<Vector<uint>> sums = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += ((Vector<uint>*)first)[i] + ((Vector<uint>*)second)[i] + ((Vector<uint>*)third)[i] + ((Vector<uint>*)fourth)[i];
        }
    }

    /// <summary>A count for each pair of neighbours: half the stores. Two tables of 256 KiB, in turn, which fit a second cache.</summary>
    static void ByPairs(ulong* source, ulong* end, Span<uint> counts)
    {
        uint[] rented = ArrayPool<uint>.Shared.Rent(Apart + Pairs);
        rented.AsSpan(0, Apart + Pairs).Clear();
        fixed (uint* first = rented)
        {
            uint* second = first + Apart;
            for (ulong* at = source; at < end; at++)
            {
                ulong eight = *at;
                first[(nuint)(ushort)eight]++;
                second[(nuint)(ushort)(eight >> 16)]++;
                first[(nuint)(ushort)(eight >> 32)]++;
                second[(nuint)(eight >> 48)]++;
            }

            AddPairs(first, counts);
            AddPairs(second, counts);
        }

        ArrayPool<uint>.Shared.Return(rented);
    }

    /// <summary>Sums the rows and the columns of a table of pairs.</summary>
    static void AddPairs(uint* pairs, Span<uint> counts)
    {
        Span<Vector<uint>> columns = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
        for (int row = 0; row < Values; row++)
        {
            Vector<uint> sum = Vector<uint>.Zero;
            for (int i = 0; i < columns.Length; i++)
            {
                Vector<uint> some = ((Vector<uint>*)(pairs + (row * Values)))[i];
                sum += some;
                columns[i] += some;
            }

            counts[row] += Vector.Sum(sum);
        }
    }
}
