using System.Numerics;
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
    ///           low f  high f  low start  high start  low reciprocal  high reciprocal  shift
    /// </code>
    /// Bytes of a group lie as unpacking wants them, eight of lanes 0 to 31 and eight of lanes 32 to 63 by turns.
    /// </remarks>
    readonly struct Planes : IGroup
    {
        const int PlaneCount = 7;

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
            BytePlanes.Make(entries, room, PlaneCount - 1);
            byte* shifts = room + ((PlaneCount - 1) * BytePlanes.Bytes);
            for (int i = 0; i < Symbols; i++)
            {
                shifts[i] = (byte)BitOperations.TrailingZeroCount(entries[i] >> 48);
            }

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
            Vector512<byte> shift = BytePlanes.LookUp(planes + (6 * BytePlanes.Bytes), symbol, inUpper);

            Advance(
                Avx512BW.UnpackHigh(frequency0, frequency1).AsUInt16(),
                Avx512BW.UnpackHigh(start0, start1).AsUInt16(),
                Avx512BW.UnpackHigh(reciprocal0, reciprocal1).AsUInt16(),
                Avx512BW.UnpackHigh(shift, Vector512<byte>.Zero).AsUInt16(),
                shuffles,
                low + 32,
                high + 32,
                ref end);
            Advance(
                Avx512BW.UnpackLow(frequency0, frequency1).AsUInt16(),
                Avx512BW.UnpackLow(start0, start1).AsUInt16(),
                Avx512BW.UnpackLow(reciprocal0, reciprocal1).AsUInt16(),
                Avx512BW.UnpackLow(shift, Vector512<byte>.Zero).AsUInt16(),
                shuffles,
                low,
                high,
                ref end);
        }

        /// <summary>Spills and steps 32 states, of which it leaves the positions of the new slots.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Advance(
            Vector512<ushort> frequency,
            Vector512<ushort> start,
            Vector512<ushort> reciprocal,
            Vector512<ushort> shift,
            byte* shuffles,
            ushort* low,
            ushort* high,
            ref ushort* end)
        {
            Vector512<ushort> lowPart = Vector512.Load(low);
            Vector512<ushort> highPart = Vector512.Load(high);
            Spill(lowPart, highPart, frequency, shuffles, ref end);
            lowPart = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(highPart, frequency), highPart, lowPart);
            highPart = Vector512.ConditionalSelect(Vector512.LessThan(highPart, frequency), highPart, Vector512<ushort>.Zero);

            Vector512<ushort> quotient = Divide(lowPart, highPart, frequency, reciprocal, shift);
            quotient.Store(high);
            (start + lowPart - Avx512BW.MultiplyLow(quotient, frequency)).Store(low);
        }

        /// <summary>Writes the low parts of states that would grow too large.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Spill(
            Vector512<ushort> low, Vector512<ushort> high, Vector512<ushort> frequency, byte* shuffles, ref ushort* end)
        {
            var full = (uint)Vector512.GreaterThanOrEqual(high, frequency).ExtractMostSignificantBits();
#if NET10_0_OR_GREATER
            if (Isa.HasVbmi2)
            {
                Vector512<ushort> packed = Avx512Vbmi2.Compress(Vector512<ushort>.Zero, Vector512.LessThanOrEqual(frequency, high), low);
                int count = BitOperations.PopCount(full);
                Vector512<ushort> toEnd = Vector512<ushort>.Indices + Vector512.Create((ushort)count);
                Avx512BW.PermuteVar32x16(packed, toEnd).Store(end - 32);
                end -= count;
                return;
            }
#endif

            Eight(low.GetUpper().GetUpper(), full >> 24, shuffles, ref end);
            Eight(low.GetUpper().GetLower(), full >> 16 & 0xFF, shuffles, ref end);
            Eight(low.GetLower().GetUpper(), full >> 8 & 0xFF, shuffles, ref end);
            Eight(low.GetLower().GetLower(), full & 0xFF, shuffles, ref end);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Eight(Vector128<ushort> words, uint full, byte* shuffles, ref ushort* end)
        {
            Ssse3.Shuffle(words.AsByte(), Vector128.LoadAligned(shuffles + (WordMasks.Bytes * full))).Store((byte*)(end - 8));
            end -= BitOperations.PopCount(full);
        }

        /// <summary>Algorithm 4 of Granlund and Moller, the divisor and the dividend scaled so that the divisor has 16 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<ushort> Divide(
            Vector512<ushort> low,
            Vector512<ushort> high,
            Vector512<ushort> frequency,
            Vector512<ushort> reciprocal,
            Vector512<ushort> shift)
        {
            Vector512<ushort> divisor = Avx512BW.ShiftLeftLogicalVariable(frequency, shift);
            Vector512<ushort> u0 = Avx512BW.ShiftLeftLogicalVariable(low, shift);
            Vector512<ushort> u1 = Avx512BW.ShiftLeftLogicalVariable(high, shift)
                | Avx512BW.ShiftRightLogicalVariable(low, Vector512.Create((ushort)16) - shift);
            Vector512<ushort> fraction = Avx512BW.MultiplyLow(reciprocal, u1) + u0;
            Vector512<ushort> quotient = Avx512BW.MultiplyHigh(reciprocal, u1) + u1;
            quotient = Vector512.ConditionalSelect(Vector512.LessThan(fraction, u0), quotient + Vector512<ushort>.One, quotient);

            // The quotient is this or one more; in rare cases two more.
            Vector512<ushort> remainder = u0 - Avx512BW.MultiplyLow(quotient, divisor);
            Vector512<ushort> smaller = remainder - divisor;
            quotient = Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(fraction, smaller), quotient + Vector512<ushort>.One, quotient);
            remainder = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(smaller, fraction), smaller, remainder);
            return Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(remainder, divisor), quotient + Vector512<ushort>.One, quotient);
        }
    }
}
