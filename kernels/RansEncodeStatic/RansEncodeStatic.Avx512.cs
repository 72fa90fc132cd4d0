using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class RansEncodeStatic
{
    const int GroupLanes = 64;

    static int Avx512(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words) =>
        Isa.HasVbmi && states.Length % GroupLanes == 0
            ? Framed<Planes>(entries, slots, symbols, states, firstLane, words)
            : Framed<Entries<Words256, Vector256<ushort>>>(entries, slots, symbols, states, firstLane, words);

    /// <summary>The entries as seven planes of 256 bytes, which permutations of registers look up for 64 lanes at a time.</summary>
    /// <remarks>
    /// <code>
    ///   plane   0      1       2          3           4               5                6
    ///           low f  high f  low start  high start  low reciprocal  high reciprocal  low, high power
    /// </code>
    /// Bytes of a group lie as unpacking wants them, eight of lanes 0 to 31 and eight of lanes 32 to 63 by turns.
    /// </remarks>
    readonly struct Planes : IGroup
    {
        const int PlaneCount = 8;

        /// <summary>The lane whose symbol stands at each place of a group.</summary>
        static Vector512<byte> Order
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector512.Create(
                (byte)0, 1, 2, 3, 4, 5, 6, 7, 32, 33, 34, 35, 36, 37, 38, 39,
                8, 9, 10, 11, 12, 13, 14, 15, 40, 41, 42, 43, 44, 45, 46, 47,
                16, 17, 18, 19, 20, 21, 22, 23, 48, 49, 50, 51, 52, 53, 54, 55,
                24, 25, 26, 27, 28, 29, 30, 31, 56, 57, 58, 59, 60, 61, 62, 63);
        }

        public static int Lanes => GroupLanes;

        public static byte* Prepare(ulong* entries, byte* room)
        {
            BytePlanes.Make(entries, room, PlaneCount);
            return room;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(byte* planes, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end)
        {
            Vector512<byte> symbol = Avx512Vbmi.PermuteVar64x8(Vector512.Load(symbols), Order);
            Vector512<byte> inUpper = BytePlanes.InUpper(symbol);
            Vector512<byte> frequency0 = BytePlanes.LookUp(planes, symbol, inUpper);
            Vector512<byte> frequency1 = BytePlanes.LookUp(planes + BytePlanes.Bytes, symbol, inUpper);
            Vector512<byte> start0 = BytePlanes.LookUp(planes + (2 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> start1 = BytePlanes.LookUp(planes + (3 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> reciprocal0 = BytePlanes.LookUp(planes + (4 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> reciprocal1 = BytePlanes.LookUp(planes + (5 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> power0 = BytePlanes.LookUp(planes + (6 * BytePlanes.Bytes), symbol, inUpper);
            Vector512<byte> power1 = BytePlanes.LookUp(planes + (7 * BytePlanes.Bytes), symbol, inUpper);

            Advance<Words512, Vector512<ushort>>(
                Avx512BW.UnpackHigh(frequency0, frequency1).AsUInt16(),
                Avx512BW.UnpackHigh(start0, start1).AsUInt16(),
                Avx512BW.UnpackHigh(reciprocal0, reciprocal1).AsUInt16(),
                Avx512BW.UnpackHigh(power0, power1).AsUInt16(),
                shuffles,
                low + 32,
                high + 32,
                ref end);
            Advance<Words512, Vector512<ushort>>(
                Avx512BW.UnpackLow(frequency0, frequency1).AsUInt16(),
                Avx512BW.UnpackLow(start0, start1).AsUInt16(),
                Avx512BW.UnpackLow(reciprocal0, reciprocal1).AsUInt16(),
                Avx512BW.UnpackLow(power0, power1).AsUInt16(),
                shuffles,
                low,
                high,
                ref end);
        }
    }
}
