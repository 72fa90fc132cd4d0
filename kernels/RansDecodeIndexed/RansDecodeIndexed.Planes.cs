using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <remarks>
/// The vector rows keep a state as two planes of 16-bit lanes, its low and its high half. The low half is the slot; what is left
/// below 2^16 after decoding has a high half of 0, so that renormalising moves the product's low half up and puts a word below it.
/// </remarks>
public static unsafe partial class RansDecodeIndexed
{
    /// <summary>Lanes that the planes have room for; more go one by one.</summary>
    const int MaxLanes = 256;

    /// <summary>Symbols whose shifts are looked up at a time.</summary>
    const int BlockSymbols = 4096;

    const int WidestBytes = 64;

    /// <summary>Decodes by vectors of lanes; what fills no vector, or meets an escape or the end of the words, goes one by one.</summary>
    static int Planes<TLanes, TFetch, TVector>(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols)
        where TLanes : IWordLanes<TVector>
        where TFetch : IFetch<TVector>
        where TVector : unmanaged
    {
        int count = symbols.Length;
        if (states.Length < TLanes.Count || states.Length > MaxLanes || !BitOperations.IsPow2(states.Length))
        {
            return Scalar(tables, indices, states, firstLane, words, symbols);
        }

        Room room;
        Unsafe.SkipInit(out room);
        fixed (ulong* entries = tables.Entries)
        fixed (byte* shifts = tables.Shifts, index = indices.Bytes, word = words)
        fixed (uint* state = states)
        fixed (short* symbol = symbols)
        {
            var run = new Progress
            {
                Entries = entries, Tables = tables.Shifts.Length, Indices = index, States = state, Lanes = states.Length, Lane = firstLane,
                Words = word, End = word + (words.Length & ~1), Symbols = symbol, Room = &room,
            };
            run.Split(0, states.Length, TLanes.Count);

            bool shifted = tables.Shifts.ContainsAnyExcept((byte)0);
            int block = TLanes.Count;
            bool starved = false;
            for (int done = 0; done < count;)
            {
                // A run starts at a vector's first lane. It is short after one that was cut short, since each looks its shifts up.
                int step = Math.Min(TLanes.Count - (run.Lane % TLanes.Count), count - done);
                if (step == TLanes.Count && !starved)
                {
                    run.Count = Math.Min(count - done, block) & -TLanes.Count;
                    int decoded = indices.Log2Bytes == 0
                        ? Decode<TLanes, TFetch, TVector, ByteIndex>(ref run, shifts, shifted)
                        : Decode<TLanes, TFetch, TVector, WordIndex>(ref run, shifts, shifted);
                    block = decoded < run.Count ? TLanes.Count : Math.Min(2 * block, BlockSymbols);
                    done += decoded;
                    if (decoded == run.Count)
                    {
                        continue;
                    }
                }

                // What is left of the vector's lanes goes one by one.
                int vector = run.Lane & -TLanes.Count;
                int at = starved ? words.Length : (int)(run.Words - word);
                run.Join(vector, TLanes.Count, TLanes.Count);
                int read = Scalar(
                    tables,
                    indices.Slice(done, step),
                    states.Slice(vector, TLanes.Count),
                    run.Lane - vector,
                    words[at..],
                    symbols.Slice(done, step));
                run.Split(vector, TLanes.Count, TLanes.Count);
                run.Advance(step, 1 << indices.Log2Bytes, read, (run.Lane + step) & (run.Lanes - 1));
                done += step;
                starved |= at + read > words.Length;
            }

            run.Join(0, states.Length, TLanes.Count);
            return starved ? words.Length + 1 : (int)(run.Words - word);
        }
    }

    static int Decode<TLanes, TFetch, TVector, TIndex>(ref Progress run, byte* shifts, bool shifted)
        where TLanes : IWordLanes<TVector>
        where TFetch : IFetch<TVector>
        where TVector : unmanaged
        where TIndex : IIndex
    {
        shifted = shifted && TFetch.LookUp<TIndex>(run.Indices, shifts, run.Tables, run.Room->Shifts, run.Count);
        return shifted
            ? Vectors<TLanes, TFetch, TVector, TIndex, Shifted>(ref run)
            : Vectors<TLanes, TFetch, TVector, TIndex, Unshifted>(ref run);
    }

    /// <summary>Decodes whole vectors until the symbols end, a vector holds an escape, or wants more words than there are.</summary>
    /// <returns>Symbols decoded.</returns>
    /// <remarks>Optimised at once: a first call can be long, and vectors without optimisation take fifty times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Vectors<TLanes, TFetch, TVector, TIndex, TShift>(ref Progress run)
        where TLanes : IWordLanes<TVector>
        where TFetch : IFetch<TVector>
        where TVector : unmanaged
        where TIndex : IIndex
        where TShift : IShift
    {
        byte* shuffles = WordShuffles.Rows;
        ushort* planes = run.Room->Aligned;
        ushort* slots = planes + (2 * MaxLanes);
        byte* start = run.Padded(sizeof(ushort) * TLanes.Count, out byte* end, out byte* last);

        ulong* entries = run.Entries;
        byte* indices = run.Indices;
        byte* shifts = run.Room->Shifts;
        short* symbols = run.Symbols;
        byte* words = start;
        int mask = run.Lanes - 1;
        int lane = run.Lane;
        int count = run.Count;
        int i = 0;
        for (; i < count && words <= last; i += TLanes.Count)
        {
            ushort* plane = planes + (2 * lane);
            TVector low = TLanes.Load(plane);
            TVector high = TLanes.Load(plane + TLanes.Count);
            TIndex.StoreSlots<TLanes, TVector>(indices, i, low, slots);
            Fetch<TLanes, TFetch, TVector, TIndex>(
                entries, slots, out TVector head, out TVector adjust, out TVector own, out TVector alias);

            TVector remainder = TLanes.ShiftRight8(low);
            TVector isOwn = TLanes.Signs(TLanes.Subtract(remainder, TLanes.And(head, TLanes.Broadcast(0xFF))));
            TVector code = TLanes.Select(isOwn, TLanes.SignedShiftRight8(TLanes.ShiftLeft8(low)), TLanes.SignedShiftRight8(head));
            TVector frequency = TLanes.Select(isOwn, own, alias);
            TVector rank = TLanes.Add(remainder, TLanes.AndNot(adjust, isOwn));
            if (TLanes.AnyEqual(code, TLanes.Broadcast(0xFF80)))
            {
                break;
            }

            if (TShift.IsAny)
            {
                // code * 2^shift + rank mod 2^shift, without the mask.
                TVector shift = TLanes.Widen(shifts + i);
                TVector shiftedRank = TLanes.ShiftRight(rank, shift);
                code = TLanes.Add(TLanes.ShiftLeft(TLanes.Subtract(code, shiftedRank), shift), rank);
                rank = shiftedRank;
            }

            TVector product = TLanes.MultiplyLow(frequency, high);
            low = TLanes.Add(product, rank);
            high = TLanes.Add(TLanes.MultiplyHigh(frequency, high), TLanes.Carry(product, rank, low));
            byte* next = words + (sizeof(ushort) * TLanes.Refill(ref low, ref high, (ushort*)words, shuffles));
            if (next > end)
            {
                break;
            }

            TLanes.Store(code, (ushort*)symbols + i);
            TLanes.Store(low, plane);
            TLanes.Store(high, plane + TLanes.Count);
            words = next;
            lane = (lane + TLanes.Count) & mask;
        }

        run.Advance(i, TIndex.Bytes, (nint)(words - start), lane);
        return i;
    }

    /// <summary>Loads the entries of a vector's slots and sorts their four fields into a vector each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch<TLanes, TFetch, TVector, TIndex>(
        ulong* entries, ushort* slots, out TVector head, out TVector adjust, out TVector own, out TVector alias)
        where TLanes : IWordLanes<TVector>
        where TFetch : IFetch<TVector>
        where TVector : unmanaged
        where TIndex : IIndex
    {
        // A transposition in every block of 8 lanes: lanes 01 23 45 67, then 02 13 46 57, then 0123 4567 by fields.
        TVector lanes01 = TFetch.Pairs<TIndex>(entries, slots, 0);
        TVector lanes23 = TFetch.Pairs<TIndex>(entries, slots, 2);
        TVector lanes45 = TFetch.Pairs<TIndex>(entries, slots, 4);
        TVector lanes67 = TFetch.Pairs<TIndex>(entries, slots, 6);
        TVector lanes02 = TLanes.UnpackLow(lanes01, lanes23);
        TVector lanes13 = TLanes.UnpackHigh(lanes01, lanes23);
        TVector lanes46 = TLanes.UnpackLow(lanes45, lanes67);
        TVector lanes57 = TLanes.UnpackHigh(lanes45, lanes67);
        TVector early = TLanes.UnpackLow(lanes02, lanes13);
        TVector late = TLanes.UnpackLow(lanes46, lanes57);
        head = TLanes.UnpackLow64(early, late);
        adjust = TLanes.UnpackHigh64(early, late);
        early = TLanes.UnpackHigh(lanes02, lanes13);
        late = TLanes.UnpackHigh(lanes46, lanes57);
        own = TLanes.UnpackLow64(early, late);
        alias = TLanes.UnpackHigh64(early, late);
    }
}
