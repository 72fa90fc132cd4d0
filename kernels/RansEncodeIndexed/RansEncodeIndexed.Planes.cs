using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <remarks>
/// As in decoding, the vector rows keep states as planes of their low and high halves. All is done by vectors but for the pieces,
/// which each lane looks up for itself; the low plane then holds their bases, to which <c>256 p</c> is added a round later.
/// </remarks>
public static unsafe partial class RansEncodeIndexed
{
    /// <summary>Encodes by vectors of lanes; what fills no vector, or needs an escape, goes one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Planes<TWords, TVector>(
        in Tables tables, TableIndices indices, ReadOnlySpan<short> symbols, Span<uint> states, int firstLane, Span<byte> words)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        if (states.Length < TWords.Count || states.Length > LanePlanes.MaxLanes || !BitOperations.IsPow2(states.Length))
        {
            return Scalar(tables, indices, symbols, states, firstLane, words);
        }

        LaneRoom room;
        Unsafe.SkipInit(out room);
        fixed (ulong* entries = tables.Symbols, chunks = tables.Chunks)
        fixed (ushort* pieces = tables.Pieces)
        fixed (byte* shifts = tables.Shifts, index = indices.Bytes, word = words)
        fixed (short* symbol = symbols)
        {
            byte* end = word + words.Length;
            var run = new Progress
            {
                Entries = entries, Chunks = chunks, Pieces = pieces, Indices = index, Symbols = symbol, Words = end,
                Lanes = states.Length, Room = &room,
            };
            LanePlanes.Split(states, room.Low, room.High);
            new Span<ushort>(room.Added, states.Length).Clear();

            bool shifted = tables.Shifts.ContainsAnyExcept((byte)0);
            int block = TWords.Count;
            for (int left = symbols.Length; left > 0;)
            {
                // A run ends at a vector's last lane. It is short after one that was cut short, since each looks its shifts up.
                run.Lane = (int)(((long)firstLane + left) % states.Length);
                int step = run.Lane % TWords.Count;
                step = Math.Min(step == 0 ? TWords.Count : step, left);
                if (step == TWords.Count)
                {
                    run.Count = Math.Min(left, block) & -TWords.Count;
                    run.First = left - run.Count;
                    int encoded = indices.Log2Bytes == 0
                        ? Encode<TWords, TVector, ByteTableIndex>(ref run, tables.Shifts, shifts, shifted)
                        : Encode<TWords, TVector, WordTableIndex>(ref run, tables.Shifts, shifts, shifted);
                    block = encoded < run.Count ? TWords.Count : Math.Min(2 * block, LaneRoom.Block);
                    left -= encoded;
                    if (encoded == run.Count)
                    {
                        continue;
                    }

                    run.Lane = (int)(((long)firstLane + left) % states.Length);
                }

                // What is left of the vector's lanes goes one by one.
                int first = (run.Lane - step + states.Length) % states.Length;
                int lane = first & -TWords.Count;
                Span<uint> vector = states.Slice(lane, TWords.Count);
                run.Join(lane, vector);
                run.Words -= Scalar(
                    tables,
                    indices.Slice(left - step, step),
                    symbols.Slice(left - step, step),
                    vector,
                    first - lane,
                    words[..(int)(run.Words - word)]);
                LanePlanes.Split(vector, room.Low + lane, room.High + lane);
                left -= step;
            }

            run.Join(0, states);
            return (int)(end - run.Words);
        }
    }

    static int Encode<TWords, TVector, TIndex>(ref Progress run, ReadOnlySpan<byte> all, byte* shifts, bool shifted)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
    {
        byte* indices = run.Indices + (run.First * (nint)TIndex.Bytes);
        shifted = shifted && TableShifts.Find<TWords, TVector, TIndex>(indices, shifts, all.Length, run.Room->Shifts, run.Count);
        return shifted
            ? Vectors<TWords, TVector, TIndex, Shifted>(ref run, indices)
            : Vectors<TWords, TVector, TIndex, Unshifted>(ref run, indices);
    }

    /// <summary>Encodes whole vectors, the last first, until one needs an escape.</summary>
    /// <returns>Symbols encoded.</returns>
    /// <remarks>Optimised at once: a first call can be long, and vectors without optimisation take fifty times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Vectors<TWords, TVector, TIndex, TShift>(ref Progress run, byte* indices)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
        where TShift : IShift
    {
        byte* gather = WordMasks.Gather;
        ulong* entries = run.Entries;
        ulong* chunks = run.Chunks;
        ushort* pieces = run.Pieces;
        byte* shifts = run.Room->Shifts;
        ushort* lows = run.Room->Low;
        ushort* highs = run.Room->High;
        ushort* added = run.Room->Added;
        byte* keys = run.Room->Keys;
        ushort* counts = run.Room->Counts;
        ushort* symbols = (ushort*)run.Symbols + run.First;
        var end = (ushort*)run.Words;
        int mask = run.Lanes - 1;
        int lane = run.Lane;
        int i = run.Count;

        // The entries of a vector are fetched while the one after it in the stream looks its pieces up: neither waits for the other.
        bool more = Fetch<TWords, TVector, TIndex, TShift>(
            entries, indices, symbols, shifts, i - TWords.Count, keys,
            out TVector frequency, out TVector start, out TVector reciprocal, out TVector power, out TVector shift, out TVector rest);
        while (more)
        {
            i -= TWords.Count;
            lane = (lane - TWords.Count) & mask;
            TVector low = TWords.Add(TWords.Load(lows + lane), TWords.Load(added + lane));
            TVector high = TWords.Load(highs + lane);
            TVector full = TWords.IsAtLeast(high, frequency);
            TWords.Gather(low, full, gather, ref end);
            low = TWords.Select(full, high, low);
            high = TWords.AndNot(high, full);

            TVector quotient = WordDivision.Quotient<TWords, TVector>(low, high, frequency, reciprocal, power);
            TVector rank = TWords.Subtract(low, TWords.MultiplyLow(quotient, frequency));
            TVector position = TWords.Add(start, TShift.IsAny ? TWords.Add(TWords.ShiftLeft(rank, shift), rest) : rank);
            TVector table = TIndex.Load<TWords, TVector>(indices, i);
            TVector chunk = TWords.Or(TWords.ShiftLeft(table, 11), TWords.ShiftRight(position, 5));
            TWords.Store(quotient, highs + lane);
            TWords.Store(TWords.ShiftLeft(position, 8), added + lane);
            UnpackedKeys.Store<TWords, TVector>(chunk, TWords.ShiftRight(table, 5), keys);
            TWords.Store(TWords.Subtract(TWords.Broadcast(ChunkPositions - 1), position), counts);

            more = i > 0 && Fetch<TWords, TVector, TIndex, TShift>(
                entries, indices, symbols, shifts, i - TWords.Count, keys + (2 * LaneRoom.VectorBytes),
                out frequency, out start, out reciprocal, out power, out shift, out rest);
            LookUp(chunks, pieces, (uint*)keys, counts, lows + lane, TWords.Count);
        }

        run.Words = (byte*)end;
        return run.Count - i;
    }

    /// <summary>Fetches the entries of a vector of symbols.</summary>
    /// <returns>Whether none of them needs an escape.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Fetch<TWords, TVector, TIndex, TShift>(
        ulong* entries,
        byte* indices,
        ushort* symbols,
        byte* shifts,
        int at,
        byte* keys,
        out TVector frequency,
        out TVector start,
        out TVector reciprocal,
        out TVector power,
        out TVector shift,
        out TVector rest)
        where TWords : IWords<TVector>
        where TVector : unmanaged
        where TIndex : ITableIndex
        where TShift : IShift
    {
        TVector symbol = TWords.Load(symbols + at);
        TVector code = symbol;
        shift = rest = symbol;
        if (TShift.IsAny)
        {
            // A signed shift, by way of unsigned ones of what is 2^15 more.
            shift = TWords.Widen(shifts + at);
            TVector half = TWords.Broadcast(0x8000);
            code = TWords.Subtract(TWords.ShiftRight(TWords.Add(symbol, half), shift), TWords.ShiftRight(half, shift));
            rest = TWords.Subtract(symbol, TWords.ShiftLeft(code, shift));
        }

        TIndex.LoadEntries<TWords, TVector>(
            entries, TIndex.Load<TWords, TVector>(indices, at), code, keys, out frequency, out start, out reciprocal, out power);
        return TWords.AllEqual(code, TWords.SignedHigh(TWords.ShiftLeft(code, 8)))
            && !TWords.AnyEqual(code, TWords.Broadcast(unchecked((ushort)(sbyte)EscapeCode)))
            && !TWords.AnyEqual(frequency, TWords.Broadcast(0));
    }

    /// <summary>Writes the bases of the pieces that a vector's positions lie in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void LookUp(ulong* chunks, ushort* pieces, uint* keys, ushort* counts, ushort* bases, int lanes)
    {
        for (int lane = 0; lane < lanes; lane += 8)
        {
            uint* early = keys + (lane >> 1);
            uint* late = early + (lanes >> 1);
            bases[lane] = Base(chunks, pieces, early[0], counts[lane]);
            bases[lane + 1] = Base(chunks, pieces, early[1], counts[lane + 1]);
            bases[lane + 2] = Base(chunks, pieces, early[2], counts[lane + 2]);
            bases[lane + 3] = Base(chunks, pieces, early[3], counts[lane + 3]);
            bases[lane + 4] = Base(chunks, pieces, late[0], counts[lane + 4]);
            bases[lane + 5] = Base(chunks, pieces, late[1], counts[lane + 5]);
            bases[lane + 6] = Base(chunks, pieces, late[2], counts[lane + 6]);
            bases[lane + 7] = Base(chunks, pieces, late[3], counts[lane + 7]);
        }
    }

    /// <summary>Counts the pieces that begin up to a position: the bits left when those above it are shifted out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ushort Base(ulong* chunks, ushort* pieces, uint key, uint above)
    {
        ulong chunk = chunks[key];
        return pieces[(uint)(chunk >> 32) + (uint)BitOperations.PopCount((uint)chunk << (int)above)];
    }

    /// <summary>Where encoding by vectors stands, and what it reads and writes.</summary>
    struct Progress
    {
        public ulong* Entries;
        public ulong* Chunks;
        public ushort* Pieces;
        public byte* Indices;
        public short* Symbols;
        public byte* Words;
        public int Lanes;
        public int Lane;
        public int First;
        public int Count;
        public LaneRoom* Room;

        /// <summary>Puts states together from the bases of their slots and what is to be added to them.</summary>
        public readonly void Join(int first, Span<uint> states)
        {
            ushort* low = Room->Low + first;
            ushort* added = Room->Added + first;
            for (int lane = 0; lane < states.Length; lane++)
            {
                low[lane] += added[lane];
                added[lane] = 0;
            }

            LanePlanes.Join(low, Room->High + first, states);
        }
    }

    /// <summary>Whether a loop splits low bits off the symbols.</summary>
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
