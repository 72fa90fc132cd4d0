using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class RansEncodeStatic
{
    /// <summary>Bytes in which a group may keep a table of its own, from a multiple of 64 on.</summary>
    const int RoomBytes = 2048;

    /// <summary>Some neighbouring lanes that are encoded at once.</summary>
    interface IGroup
    {
        /// <summary>Lanes of a group.</summary>
        static abstract int Lanes { get; }

        /// <summary>Brings the entries into the form that <see cref="Step"/> reads: themselves, or something in the room.</summary>
        static abstract byte* Prepare(ulong* entries, byte* room);

        /// <summary>Spills and steps a group; where the low halves of the states belong it leaves the positions of their slots.</summary>
        static abstract void Step(byte* table, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end);
    }

    /// <summary>Symbols after the last whole round of lanes and before the first by the reference, the others by groups.</summary>
    static int Framed<TGroup>(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words)
        where TGroup : IGroup
    {
        int lanes = states.Length;
        int head = Math.Min((lanes - firstLane) % lanes, symbols.Length);
        int whole = (symbols.Length - head) / lanes * lanes;
        if (whole == 0 || lanes % TGroup.Lanes != 0 || lanes > LanePlanes.MaxLanes)
        {
            return Scalar(entries, slots, symbols, states, firstLane, words);
        }

        int written = Scalar(entries, slots, symbols[(head + whole)..], states, 0, words);
        written += Rounds<TGroup>(entries, slots, symbols.Slice(head, whole), states, words[..^written]);
        return written + Scalar(entries, slots, symbols[..head], states, firstLane, words[..^written]);
    }

    [SkipLocalsInit]
    static int Rounds<TGroup>(
        ReadOnlySpan<ulong> entries, ReadOnlySpan<ushort> slots, ReadOnlySpan<byte> symbols, Span<uint> states, Span<byte> words)
        where TGroup : IGroup
    {
        byte* memory = stackalloc byte[RoomBytes + (2 * sizeof(ushort) * LanePlanes.MaxLanes) + 64];
        byte* room = (byte*)(((nuint)memory + 63) / 64 * 64);
        var low = (ushort*)(room + RoomBytes);
        ushort* high = low + LanePlanes.MaxLanes;
        LanePlanes.Split(states, low, high);
        int written;
        fixed (ulong* entry = entries)
        fixed (ushort* slot = slots)
        fixed (byte* source = symbols, destination = words)
        {
            byte* table = TGroup.Prepare(entry, room);
            var end = (ushort*)(destination + words.Length);
            written = (int)((byte*)end - Loop<TGroup>(
                table, WordMasks.Gather, slot, source, source + symbols.Length, low, high, states.Length, end));
        }

        LanePlanes.Join(low, high, states);
        return written;
    }

    /// <summary>Encodes whole rounds, group by group from the last lane to the first.</summary>
    /// <remarks>
    /// The slots of a group are looked up while the next group is stepped: a load that waits for its address to be stored would
    /// hold up all that follows. Where there is but one group in a round, it has to wait. Optimised at once, as decoding is.
    /// </remarks>
    /// <returns>The first word written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static byte* Loop<TGroup>(
        byte* table,
        byte* shuffles,
        ushort* slots,
        byte* firstSymbol,
        byte* symbol,
        ushort* low,
        ushort* high,
        int lanes,
        ushort* end)
        where TGroup : IGroup
    {
        ushort* pending = null;
        while (symbol > firstSymbol)
        {
            for (int lane = lanes - TGroup.Lanes; lane >= 0; lane -= TGroup.Lanes)
            {
                symbol -= TGroup.Lanes;
                TGroup.Step(table, shuffles, symbol, low + lane, high + lane, ref end);
                ushort* ready = lanes > TGroup.Lanes ? pending : low;
                pending = lanes > TGroup.Lanes ? low + lane : null;
                if (ready != null)
                {
                    TakeSlots(slots, ready, TGroup.Lanes);
                }
            }
        }

        if (pending != null)
        {
            TakeSlots(slots, pending, TGroup.Lanes);
        }

        return (byte*)end;
    }

    /// <summary>Spills and steps the states of a vector of lanes; where their low halves belong it leaves positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Advance<TWords, TVector>(
        TVector frequency,
        TVector start,
        TVector reciprocal,
        TVector power,
        byte* shuffles,
        ushort* low,
        ushort* high,
        ref ushort* end)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        TVector lowPart = TWords.Load(low);
        TVector highPart = TWords.Load(high);
        TVector full = TWords.IsAtLeast(highPart, frequency);
        TWords.Gather(lowPart, full, shuffles, ref end);
        lowPart = TWords.Select(full, highPart, lowPart);
        highPart = TWords.AndNot(highPart, full);

        TVector quotient = WordDivision.Quotient<TWords, TVector>(lowPart, highPart, frequency, reciprocal, power);
        TVector rank = TWords.Subtract(lowPart, TWords.MultiplyLow(quotient, frequency));
        TWords.Store(quotient, high);
        TWords.Store(TWords.Add(start, rank), low);
    }

    /// <summary>Turns positions into slots, in place.</summary>
    /// <param name="slots">Shape [65536].</param>
    /// <param name="low">A position for each lane; receives the slots.</param>
    /// <param name="lanes">A multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void TakeSlots(ushort* slots, ushort* low, int lanes)
    {
        for (int lane = 0; lane < lanes; lane += 8)
        {
            ulong first = *(ulong*)(low + lane);
            ulong second = *(ulong*)(low + lane + 4);
            Vector128.Create(
                slots[(ushort)first],
                slots[(ushort)(first >> 16)],
                slots[(ushort)(first >> 32)],
                slots[first >> 48],
                slots[(ushort)second],
                slots[(ushort)(second >> 16)],
                slots[(ushort)(second >> 32)],
                slots[second >> 48]).Store(low + lane);
        }
    }
}
