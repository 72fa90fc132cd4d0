using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static partial class RansDecodeStatic
{
    const int GroupLanes = 64;

    /// <summary>By the number of lanes: what needs no look-up in registers, or has too few lanes for it, goes by entries.</summary>
    static int Avx512(ReadOnlySpan<ulong> entries, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<byte> symbols) =>
        (Isa.HasVbmi ? states.Length : 0) switch
        {
            GroupLanes => Framed<Planes<One>>(entries, states, firstLane, words, symbols),
            2 * GroupLanes => Framed<Planes<Two>>(entries, states, firstLane, words, symbols),
            4 * GroupLanes => Framed<Planes<Four>>(entries, states, firstLane, words, symbols),
            _ => Framed<Entries<Words256, Vector256<ushort>>>(entries, states, firstLane, words, symbols),
        };

    /// <summary>How many groups of 64 lanes are decoded at once, to hide each other's latency.</summary>
    interface IGroupCount
    {
        static abstract int Value { get; }
    }

    readonly struct One : IGroupCount
    {
        public static int Value => 1;
    }

    readonly struct Two : IGroupCount
    {
        public static int Value => 2;
    }

    readonly struct Four : IGroupCount
    {
        public static int Value => 4;
    }

    /// <summary>The table as six planes of 256 bytes, which a permutation of two registers looks up 128 of at a time.</summary>
    /// <remarks>
    /// <code>
    ///   plane   0        1      2           3            4              5
    ///           divider  alias  low adjust  high adjust  low frequency  high frequency
    ///           by bucket ............................   by symbol .....................
    /// </code>
    /// Bytes of a group lie as unpacking wants them, eight of lanes 0 to 31 and eight of lanes 32 to 63 by turns; symbols are put
    /// in order before they are stored.
    /// </remarks>
    readonly unsafe struct Planes<TCount> : IGroups
        where TCount : IGroupCount
    {
        const int PlaneCount = 6;

        public static bool Takes(int lanes) => lanes == GroupLanes * TCount.Value;

        [SkipLocalsInit]
        public static int Decode(
            ReadOnlySpan<ulong> entries, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> symbols, out int decoded)
        {
            int lanes = states.Length;
            byte* memory = stackalloc byte[(PlaneCount * BytePlanes.Bytes) + 64];
            byte* planes = (byte*)(((nuint)memory + 63) / 64 * 64);
            ushort* low = stackalloc ushort[LanePlanes.MaxLanes];
            ushort* high = stackalloc ushort[LanePlanes.MaxLanes];
            LanePlanes.Split(states, low, high);
            int read;
            fixed (ulong* table = entries)
            fixed (byte* source = words, destination = symbols)
            {
                BytePlanes.Make(table, planes, PlaneCount);
                int lastWord = words.Length - (sizeof(ushort) * lanes);
                (read, decoded) = Loop(planes, WordMasks.Spread, low, high, source, lastWord, destination, symbols.Length - lanes);
            }

            LanePlanes.Join(low, high, states);
            return read;
        }

        /// <summary>Rounds of all lanes, up to the last word and the last symbol at which one may begin.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static (int Read, int Decoded) Loop(
            byte* planes, byte* spread, ushort* low, ushort* high, byte* words, int lastWord, byte* symbols, int lastSymbol)
        {
            ushort* next = (ushort*)words;
            byte* to = symbols;
            Group a = Group.Load(low, high, 0);
            Group b = Group.Load(low, high, TCount.Value > 1 ? 1 : 0);
            Group c = Group.Load(low, high, TCount.Value > 2 ? 2 : 0);
            Group d = Group.Load(low, high, TCount.Value > 2 ? 3 : 0);
            while ((byte*)next - words <= lastWord && to - symbols <= lastSymbol)
            {
                Step(planes, spread, ref a, ref next, to);
                if (TCount.Value > 1)
                {
                    Step(planes, spread, ref b, ref next, to + GroupLanes);
                }

                if (TCount.Value > 2)
                {
                    Step(planes, spread, ref c, ref next, to + (2 * GroupLanes));
                    Step(planes, spread, ref d, ref next, to + (3 * GroupLanes));
                }

                to += TCount.Value * GroupLanes;
            }

            a.Store(low, high, 0);
            if (TCount.Value > 1)
            {
                b.Store(low, high, 1);
            }

            if (TCount.Value > 2)
            {
                c.Store(low, high, 2);
                d.Store(low, high, 3);
            }

            return ((int)((byte*)next - words), (int)(to - symbols));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(byte* planes, byte* spread, ref Group group, ref ushort* next, byte* symbols)
        {
            Vector512<byte> bucket = Pick(group.Low0, group.Low1, 0);
            Vector512<byte> remainder = Pick(group.Low0, group.Low1, 1);
            Vector512<byte> inUpper = BytePlanes.InUpper(bucket);
            Vector512<byte> lent = Vector512.GreaterThanOrEqual(remainder, BytePlanes.LookUp(planes, bucket, inUpper));
            Vector512<byte> alias = BytePlanes.LookUp(planes + BytePlanes.Bytes, bucket, inUpper);
            Vector512<byte> symbol = Vector512.ConditionalSelect(lent, alias, bucket);
            Vector512<byte> adjust0 = BytePlanes.LookUp(planes + (2 * BytePlanes.Bytes), bucket, inUpper) & lent;
            Vector512<byte> adjust1 = BytePlanes.LookUp(planes + (3 * BytePlanes.Bytes), bucket, inUpper) & lent;
            inUpper = BytePlanes.InUpper(symbol);
            Vector512<byte> frequency0 = BytePlanes.LookUp(planes + (4 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> frequency1 = BytePlanes.LookUp(planes + (5 * BytePlanes.Bytes), symbol, inUpper);
            Avx512Vbmi.PermuteVar64x8(symbol, Order).Store(symbols);

            Vector512<byte> frequency = Avx512BW.UnpackLow(frequency0, frequency1);
            Vector512<byte> adjust = Avx512BW.UnpackLow(adjust0, adjust1);
            Advance(ref group.Low0, ref group.High0, frequency.AsUInt16(), adjust.AsUInt16(), spread, ref next);
            frequency = Avx512BW.UnpackHigh(frequency0, frequency1);
            adjust = Avx512BW.UnpackHigh(adjust0, adjust1);
            Advance(ref group.Low1, ref group.High1, frequency.AsUInt16(), adjust.AsUInt16(), spread, ref next);
        }

        /// <summary>Steps 32 states and refills them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Advance(
            ref Vector512<ushort> low,
            ref Vector512<ushort> high,
            Vector512<ushort> frequency,
            Vector512<ushort> adjust,
            byte* spread,
            ref ushort* next)
        {
            Vector512<ushort> rank = (low >>> 8) + adjust;
            Vector512<ushort> newLow = Avx512BW.MultiplyLow(frequency, high) + rank;
            Vector512<ushort> newHigh = Avx512BW.MultiplyHigh(frequency, high);
            newHigh = Vector512.ConditionalSelect(Vector512.LessThan(newLow, rank), newHigh + Vector512<ushort>.One, newHigh);

            (low, high) = (newLow, newHigh);
            Words512.Refill(ref low, ref high, spread, ref next);
        }

        /// <summary>The low or the high bytes of 64 words, in the order of a group.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<byte> Pick(Vector512<ushort> first, Vector512<ushort> second, byte which) =>
            Avx512Vbmi.PermuteVar64x8x2(first.AsByte(), LowBytes + Vector512.Create(which), second.AsByte());

        /// <summary>Where <see cref="Pick"/> finds the low byte of each lane's word.</summary>
        static Vector512<byte> LowBytes
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(
                (byte)0, 2, 4, 6, 8, 10, 12, 14, 64, 66, 68, 70, 72, 74, 76, 78,
                16, 18, 20, 22, 24, 26, 28, 30, 80, 82, 84, 86, 88, 90, 92, 94,
                32, 34, 36, 38, 40, 42, 44, 46, 96, 98, 100, 102, 104, 106, 108, 110,
                48, 50, 52, 54, 56, 58, 60, 62, 112, 114, 116, 118, 120, 122, 124, 126);
        }

        /// <summary>Where each lane's symbol stands among the bytes of a group.</summary>
        static Vector512<byte> Order
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(
                (byte)0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23,
                32, 33, 34, 35, 36, 37, 38, 39, 48, 49, 50, 51, 52, 53, 54, 55,
                8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31,
                40, 41, 42, 43, 44, 45, 46, 47, 56, 57, 58, 59, 60, 61, 62, 63);
        }

        /// <summary>The states of 64 lanes: low and high halves of the first 32, and of the others.</summary>
        struct Group
        {
            public Vector512<ushort> Low0, Low1, High0, High1;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Group Load(ushort* low, ushort* high, int group) => new()
            {
                Low0 = Vector512.Load(low + (group * GroupLanes)),
                Low1 = Vector512.Load(low + (group * GroupLanes) + 32),
                High0 = Vector512.Load(high + (group * GroupLanes)),
                High1 = Vector512.Load(high + (group * GroupLanes) + 32),
            };

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public readonly void Store(ushort* low, ushort* high, int group)
            {
                Low0.Store(low + (group * GroupLanes));
                Low1.Store(low + (group * GroupLanes) + 32);
                High0.Store(high + (group * GroupLanes));
                High1.Store(high + (group * GroupLanes) + 32);
            }
        }
    }
}
