using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>Fetches entries for a vector of lanes.</summary>
    interface IFetch<TVector>
        where TVector : unmanaged
    {
        /// <summary>In each block of 8 lanes the entries of two: <paramref name="lane"/> and the next.</summary>
        static abstract TVector Pairs<TIndex>(ulong* entries, ushort* slots, int lane)
            where TIndex : IIndex;

        /// <summary>Looks up the shifts of symbols.</summary>
        /// <param name="indices">Shape [count], a multiple of the vector's lanes.</param>
        /// <param name="shifts">One for each table.</param>
        /// <param name="tables">Tables in the set.</param>
        /// <param name="destination">Receives the shifts, 0 to 7.</param>
        /// <param name="count">Symbols.</param>
        /// <returns>Whether any is above 0.</returns>
        static abstract bool LookUp<TIndex>(byte* indices, byte* shifts, int tables, byte* destination, int count)
            where TIndex : IIndex;
    }

    /// <summary>With scalar loads: a gather costs a cycle a lane, and these less.</summary>
    readonly struct Fetch128 : IFetch<Vector128<ushort>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<ushort> Pairs<TIndex>(ulong* entries, ushort* slots, int lane)
            where TIndex : IIndex => Pair<TIndex>(entries, slots, lane, lanes: 8);

        public static bool LookUp<TIndex>(byte* indices, byte* shifts, int tables, byte* destination, int count)
            where TIndex : IIndex => LookUpSerially<TIndex>(indices, shifts, destination, count);
    }

    /// <inheritdoc cref="Fetch128"/>
    readonly struct Fetch256 : IFetch<Vector256<ushort>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<ushort> Pairs<TIndex>(ulong* entries, ushort* slots, int lane)
            where TIndex : IIndex => Vector256.Create(
                Pair<TIndex>(entries, slots, lane, lanes: 16),
                Pair<TIndex>(entries, slots, lane + 8, lanes: 16));

        public static bool LookUp<TIndex>(byte* indices, byte* shifts, int tables, byte* destination, int count)
            where TIndex : IIndex => TIndex.Bytes == 1
            ? LookUpByRows(indices, shifts, tables, destination, count)
            : LookUpSerially<TIndex>(indices, shifts, destination, count);

        /// <summary>A byte shuffle looks 16 tables up; a set has up to 16 such rows.</summary>
        static bool LookUpByRows(byte* indices, byte* shifts, int tables, byte* destination, int count)
        {
            byte* all = stackalloc byte[256];
            new Span<byte>(shifts, tables).CopyTo(new Span<byte>(all, 256));
            Vector256<byte> any = Vector256<byte>.Zero;
            for (int i = 0; i < count; i += 32)
            {
                // An index outside the row comes out with its top bit set, for which a shuffle gives 0.
                Vector256<byte> index = count - i < 32 ? Vector128.Load(indices + i).ToVector256() : Vector256.Load(indices + i);
                Vector256<byte> shift = Vector256<byte>.Zero;
                for (int row = 0; row < tables; row += 16)
                {
                    Vector256<byte> place = Avx2.AddSaturate(index, Vector256.Create((byte)0x70));
                    shift |= Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(all + row), place);
                    index -= Vector256.Create((byte)16);
                }

                shift &= Vector256.Create((byte)7);
                shift.Store(destination + i);
                any |= shift;
            }

            return any != Vector256<byte>.Zero;
        }
    }

    /// <inheritdoc cref="Fetch128"/>
    readonly struct Fetch512 : IFetch<Vector512<ushort>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<ushort> Pairs<TIndex>(ulong* entries, ushort* slots, int lane)
            where TIndex : IIndex => Avx512F.InsertVector256(
                Vector256.Create(
                    Pair<TIndex>(entries, slots, lane, lanes: 32),
                    Pair<TIndex>(entries, slots, lane + 8, lanes: 32)).ToVector512Unsafe(),
                Vector256.Create(
                    Pair<TIndex>(entries, slots, lane + 16, lanes: 32),
                    Pair<TIndex>(entries, slots, lane + 24, lanes: 32)),
                1);

        public static bool LookUp<TIndex>(byte* indices, byte* shifts, int tables, byte* destination, int count)
            where TIndex : IIndex
        {
            if (TIndex.Bytes > 1 || !Isa.HasVbmi)
            {
                return Fetch256.LookUp<TIndex>(indices, shifts, tables, destination, count);
            }

            byte* all = stackalloc byte[256];
            new Span<byte>(shifts, tables).CopyTo(new Span<byte>(all, 256));
            Vector512<byte> any = Vector512<byte>.Zero;
            Vector512<byte> first = Vector512.Load(all);
            Vector512<byte> second = Vector512.Load(all + 64);
            Vector512<byte> third = Vector512.Load(all + 128);
            Vector512<byte> fourth = Vector512.Load(all + 192);
            for (int i = 0; i < count; i += 32)
            {
                Vector512<byte> index = Vector256.Load(indices + i).ToVector512Unsafe();
                Vector512<byte> shift = Vector512.ConditionalSelect(
                    Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
                    Avx512Vbmi.PermuteVar64x8x2(third, index, fourth),
                    Avx512Vbmi.PermuteVar64x8x2(first, index, second)) & Vector512.Create((byte)7);
                shift.GetLower().Store(destination + i);
                any |= shift;
            }

            return any.GetLower() != Vector256<byte>.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> Pair<TIndex>(ulong* entries, ushort* slots, int lane, int lanes)
        where TIndex : IIndex =>
        Sse2.LoadHigh(
            Sse2.LoadScalarVector128((double*)(entries + TIndex.Slot(slots, lane, lanes))),
            (double*)(entries + TIndex.Slot(slots, lane + 1, lanes))).AsUInt16();

    /// <summary>How slots are found from indices of one width.</summary>
    interface IIndex
    {
        /// <summary>Bytes of an index.</summary>
        static abstract int Bytes { get; }

        /// <summary>The table of a symbol.</summary>
        static abstract nuint At(byte* indices, nint symbol);

        /// <summary>Writes <c>256 index + bucket</c> for a vector of lanes, in an order of its own.</summary>
        static abstract void StoreSlots<TLanes, TVector>(byte* indices, int symbol, TVector low, ushort* slots)
            where TLanes : IWordLanes<TVector>
            where TVector : unmanaged;

        /// <summary>Reads the slot of a lane back.</summary>
        static abstract nuint Slot(ushort* slots, int lane, int lanes);    }

    readonly struct ByteIndex : IIndex
    {
        public static int Bytes => sizeof(byte);

        public static nuint At(byte* indices, nint symbol) => indices[symbol];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreSlots<TLanes, TVector>(byte* indices, int symbol, TVector low, ushort* slots)
            where TLanes : IWordLanes<TVector>
            where TVector : unmanaged
        {
            TVector bucket = TLanes.And(low, TLanes.Broadcast(0xFF));
            TLanes.Store(TLanes.Or(bucket, TLanes.ShiftLeft8(TLanes.Widen(indices + symbol))), slots);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nuint Slot(ushort* slots, int lane, int lanes) => slots[lane];
    }

    readonly struct WordIndex : IIndex
    {
        public static int Bytes => sizeof(ushort);

        public static nuint At(byte* indices, nint symbol) => ((ushort*)indices)[symbol];

        /// <remarks>Slots of 32 bits, paired within blocks of 8 lanes: the first four of each block, then the others.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreSlots<TLanes, TVector>(byte* indices, int symbol, TVector low, ushort* slots)
            where TLanes : IWordLanes<TVector>
            where TVector : unmanaged
        {
            TVector index = TLanes.Load((ushort*)indices + symbol);
            TVector bucket = TLanes.And(low, TLanes.Broadcast(0xFF));
            TVector slotLow = TLanes.Or(bucket, TLanes.ShiftLeft8(index));
            TVector slotHigh = TLanes.ShiftRight8(index);
            TLanes.Store(TLanes.UnpackLow(slotLow, slotHigh), slots);
            TLanes.Store(TLanes.UnpackHigh(slotLow, slotHigh), slots + TLanes.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nuint Slot(ushort* slots, int lane, int lanes) =>
            ((uint*)slots)[((lane & 4) != 0 ? lanes / 2 : 0) + (lane / 8 * 4) + (lane & 3)];
    }

    /// <summary>Whether a loop splits low bits off the ranks.</summary>
    interface IShift
    {
        static abstract bool IsAny { get; }
    }

    readonly struct Shifted : IShift
    {
        public static bool IsAny => true;
    }

    readonly struct Unshifted : IShift
    {
        public static bool IsAny => false;
    }

    static bool LookUpSerially<TIndex>(byte* indices, byte* shifts, byte* destination, int count)
        where TIndex : IIndex
    {
        int any = 0;
        for (nint i = 0; i < count; i += 4)
        {
            int first = shifts[TIndex.At(indices, i)];
            int second = shifts[TIndex.At(indices, i + 1)];
            int third = shifts[TIndex.At(indices, i + 2)];
            int fourth = shifts[TIndex.At(indices, i + 3)];
            int four = (first | second << 8 | third << 16 | fourth << 24) & 0x07070707;
            *(int*)(destination + i) = four;
            any |= four;
        }

        return any != 0;
    }
}
