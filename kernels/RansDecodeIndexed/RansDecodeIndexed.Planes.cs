using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <remarks>
/// The vector rows keep a state as two planes of 16-bit lanes, its low and its high half. The low half is the slot; what is left
/// below 2^16 after decoding has a high half of 0, so that renormalising moves the product's low half up and puts a word below it.
/// </remarks>
public static unsafe partial class RansDecodeIndexed
{
    /// <summary>Decodes by vectors of lanes; what fills no vector, or meets an escape or the end of the words, goes one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Planes<TWords, TVector>(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        if (states.Length < TWords.Count || states.Length > LanePlanes.MaxLanes || !BitOperations.IsPow2(states.Length))
        {
            return Scalar(tables, indices, states, firstLane, words, symbols);
        }

        LaneRoom room;
        Unsafe.SkipInit(out room);
        fixed (ulong* entries = tables.Entries)
        fixed (byte* shifts = tables.Shifts, index = indices.Bytes, word = words)
        fixed (short* symbol = symbols)
        {
            var run = new Progress
            {
                Entries = entries, Shifts = shifts, Tables = tables.Shifts.Length, Indices = index, Symbols = symbol, Words = word,
                End = word + (words.Length & ~1), Lanes = states.Length, Lane = firstLane, Room = &room,
            };
            LanePlanes.Split(states, room.Low, room.High);

            bool shifted = tables.Shifts.ContainsAnyExcept((byte)0);
            int block = TWords.Count;
            bool starved = false;
            for (int done = 0; done < symbols.Length;)
            {
                // A run starts at a vector's first lane. It is short after one that was cut short, since each looks its shifts up.
                int left = symbols.Length - done;
                int step = Math.Min(TWords.Count - (run.Lane % TWords.Count), left);
                if (step == TWords.Count && !starved)
                {
                    run.Count = Math.Min(left, block) & -TWords.Count;
                    int decoded = indices.Log2Bytes == 0
                        ? Decode<TWords, TVector, ByteTableIndex>(ref run, shifted)
                        : Decode<TWords, TVector, WordTableIndex>(ref run, shifted);
                    block = decoded < run.Count ? TWords.Count : Math.Min(2 * block, LaneRoom.Block);
                    done += decoded;
                    if (decoded == run.Count)
                    {
                        continue;
                    }
                }

                // What is left of the vector's lanes goes one by one.
                int lane = run.Lane & -TWords.Count;
                int at = starved ? words.Length : (int)(run.Words - word);
                Span<uint> vector = states.Slice(lane, TWords.Count);
                LanePlanes.Join(room.Low + lane, room.High + lane, vector);
                int read = Scalar(
                    tables, indices.Slice(done, step), vector, run.Lane - lane, words[at..], symbols.Slice(done, step));
                LanePlanes.Split(vector, room.Low + lane, room.High + lane);
                run.Advance(step, 1 << indices.Log2Bytes, read);
                done += step;
                starved |= at + read > words.Length;
            }

            LanePlanes.Join(room.Low, room.High, states);
            return starved ? words.Length + 1 : (int)(run.Words - word);
        }
    }

    static int Decode<TWords, TVector, TIndex>(ref Progress run, bool shifted)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
    {
        shifted = shifted
            && TableShifts.Find<TWords, TVector, TIndex>(run.Indices, run.Shifts, run.Tables, run.Room->Shifts, run.Count);
        return shifted ? Vectors<TWords, TVector, TIndex, Shifted>(ref run) : Vectors<TWords, TVector, TIndex, Unshifted>(ref run);
    }

    /// <summary>Decodes whole vectors until the symbols end, a vector holds an escape, or wants more words than there are.</summary>
    /// <returns>Symbols decoded.</returns>
    /// <remarks>Optimised at once: a first call can be long, and vectors without optimisation take fifty times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Vectors<TWords, TVector, TIndex, TShift>(ref Progress run)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
        where TShift : IShift
    {
        byte* spread = WordMasks.Spread;
        byte* start = run.Padded(sizeof(ushort) * TWords.Count, out byte* end, out byte* last);
        ulong* entries = run.Entries;
        byte* indices = run.Indices;
        byte* shifts = run.Room->Shifts;
        ushort* lows = run.Room->Low;
        ushort* highs = run.Room->High;
        byte* keys = run.Room->Keys;
        short* symbols = run.Symbols;
        var words = (ushort*)start;
        int mask = run.Lanes - 1;
        int lane = run.Lane;
        int count = run.Count;
        int i = 0;
        for (; i < count && words <= last; i += TWords.Count)
        {
            TVector low = TWords.Load(lows + lane);
            TVector high = TWords.Load(highs + lane);
            TIndex.LoadEntries<TWords, TVector>(
                entries,
                TIndex.Load<TWords, TVector>(indices, i),
                low,
                keys,
                out TVector head,
                out TVector adjust,
                out TVector ownF,
                out TVector aliasF);

            TVector remainder = TWords.High(low);
            TVector own = TWords.IsAbove(TWords.And(head, TWords.Broadcast(0xFF)), remainder);
            TVector code = TWords.Select(own, TWords.SignedHigh(TWords.ShiftLeft(low, 8)), TWords.SignedHigh(head));
            if (TWords.AnyEqual(code, TWords.Broadcast(unchecked((ushort)(sbyte)EscapeCode))))
            {
                break;
            }

            TVector frequency = TWords.Select(own, ownF, aliasF);
            TVector rank = TWords.Add(remainder, TWords.AndNot(adjust, own));
            if (TShift.IsAny)
            {
                // code * 2^shift + rank mod 2^shift, without the mask.
                TVector shift = TWords.Widen(shifts + i);
                TVector shiftedRank = TWords.ShiftRight(rank, shift);
                code = TWords.Add(TWords.ShiftLeft(TWords.Subtract(code, shiftedRank), shift), rank);
                rank = shiftedRank;
            }

            // high of the product + 1 + (all ones where there was no carry).
            TVector product = TWords.Add(TWords.MultiplyLow(frequency, high), rank);
            high = TWords.Add(
                TWords.Add(TWords.MultiplyHigh(frequency, high), TWords.Broadcast(1)), TWords.IsAtLeast(product, rank));
            ushort* next = words;
            TWords.Refill(ref product, ref high, spread, ref next);
            if (next > end)
            {
                break;
            }

            TWords.Store(code, (ushort*)symbols + i);
            TWords.Store(product, lows + lane);
            TWords.Store(high, highs + lane);
            words = next;
            lane = (lane + TWords.Count) & mask;
        }

        run.Advance(i, TIndex.Bytes, (int)((byte*)words - start));
        return i;
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
}
