using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Looks up the shift of every symbol's table, ahead of a loop over vectors of symbols.</summary>
/// <remarks>Optimised at once, as the loops are: the first calls are long.</remarks>
static unsafe class TableShifts
{
    /// <summary>Shifts are taken modulo 8.</summary>
    const int Mask = 7;

    const int ByteTables = 256;

    /// <summary>Finds the shifts by the best means of a vector width.</summary>
    /// <param name="indices">Shape [count].</param>
    /// <param name="shifts">Shape [tables].</param>
    /// <param name="tables">Tables in the set.</param>
    /// <param name="destination">Shape [count, rounded up to 32]; receives 0 to 7.</param>
    /// <param name="count">Symbols, a multiple of the vector's lanes.</param>
    /// <returns>Whether any is above 0.</returns>
    public static bool Find<TWords, TVector, TIndex>(byte* indices, byte* shifts, int tables, byte* destination, int count)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
    {
        if (TIndex.Bytes > 1 || TWords.Count < 16)
        {
            return Serial<TIndex>(indices, shifts, destination, count);
        }

        byte* all = stackalloc byte[ByteTables];
        new Span<byte>(shifts, Math.Min(tables, ByteTables)).CopyTo(new Span<byte>(all, ByteTables));
        return TWords.Count == 32 && Isa.HasVbmi
            ? ByPermutation(indices, all, destination, count)
            : ByShuffles(indices, all, tables, destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool Serial<TIndex>(byte* indices, byte* shifts, byte* destination, int count)
        where TIndex : ITableIndex
    {
        int any = 0;
        for (nint i = 0; i < count; i += 4)
        {
            int first = shifts[TIndex.At(indices, i)];
            int second = shifts[TIndex.At(indices, i + 1)];
            int third = shifts[TIndex.At(indices, i + 2)];
            int fourth = shifts[TIndex.At(indices, i + 3)];
            int four = (first | second << 8 | third << 16 | fourth << 24) & (Mask * 0x01010101);
            *(int*)(destination + i) = four;
            any |= four;
        }

        return any != 0;
    }

    /// <summary>A byte shuffle looks 16 tables up; a set has up to 16 such rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool ByShuffles(byte* indices, byte* shifts, int tables, byte* destination, int count)
    {
        Vector256<byte> any = Vector256<byte>.Zero;
        for (int i = 0; i < count; i += 32)
        {
            Vector256<byte> index = count - i < 32 ? Vector128.Load(indices + i).ToVector256() : Vector256.Load(indices + i);
            Vector256<byte> shift = Vector256<byte>.Zero;
            for (int row = 0; row < tables; row += 16)
            {
                // An index outside the row comes out with its top bit set, for which a shuffle gives 0.
                Vector256<byte> place = Avx2.AddSaturate(index, Vector256.Create((byte)0x70));
                shift |= Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(shifts + row), place);
                index -= Vector256.Create((byte)16);
            }

            shift &= Vector256.Create((byte)Mask);
            shift.Store(destination + i);
            any |= shift;
        }

        return any != Vector256<byte>.Zero;
    }

    /// <summary>A permutation of two registers looks 128 tables up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool ByPermutation(byte* indices, byte* shifts, byte* destination, int count)
    {
        Vector256<byte> any = Vector256<byte>.Zero;
        Vector512<byte> first = Vector512.Load(shifts);
        Vector512<byte> second = Vector512.Load(shifts + 64);
        Vector512<byte> third = Vector512.Load(shifts + 128);
        Vector512<byte> fourth = Vector512.Load(shifts + 192);
        for (int i = 0; i < count; i += 32)
        {
            Vector512<byte> index = Vector256.Load(indices + i).ToVector512Unsafe();
            Vector512<byte> lower = Avx512Vbmi.PermuteVar64x8x2(first, index, second);
            Vector512<byte> upper = Avx512Vbmi.PermuteVar64x8x2(third, index, fourth);
            Vector512<byte> isUpper = Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte();
            Vector256<byte> shift = Vector512.ConditionalSelect(isUpper, upper, lower).GetLower() & Vector256.Create((byte)Mask);
            shift.Store(destination + i);
            any |= shift;
        }

        return any != Vector256<byte>.Zero;
    }
}
