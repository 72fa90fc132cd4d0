using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using X86 = System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleEncode
{
    const int Group = AdaptiveNibbleDecode.GroupBytes;

    /// <summary>For each set of lanes that spill, their numbers at the end of 8: [256, 8].</summary>
    static readonly byte[] Spilling = MakeSpilling();

    static int Avx2(Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
    {
        Learn<NibbleStep256>(models, source, intervals);
        int whole = states.Length == 1 ? 0 : source.Length & -Group;
        int spilt = Spill(intervals[..(2 * source.Length)], whole, states, words);
        return spilt + SpillGroups(intervals[..(2 * whole)], states, words[..^spilt]);
    }

    /// <summary>Whole groups, last to first.</summary>
    static int SpillGroups(ReadOnlySpan<uint> intervals, Span<uint> states, Span<byte> words)
    {
        fixed (uint* interval = intervals)
        fixed (uint* state = states)
        fixed (byte* firstWord = words)
        fixed (byte* spilling = Spilling)
        {
            int lanes = states.Length / 2;
            byte* last = firstWord + words.Length;
            byte* word = last;
            for (nint at = intervals.Length - (2 * Group); at >= 0; at -= 2 * Group)
            {
                uint* set = state + ((at / 2) & (lanes - 1));
                Vector256<uint> first = Vector256.Load(interval + at);
                Vector256<uint> second = Vector256.Load(interval + at + Group);
                Vector256<uint> even = Shuffle(first, second, 0b10_00_10_00);
                Vector256<uint> odd = Shuffle(first, second, 0b11_01_11_01);
                Vector256<uint> low = Take(Vector256.Load(set + lanes), odd, ref word, spilling);
                Vector256<uint> high = Take(Vector256.Load(set), even, ref word, spilling);
                low.Store(set + lanes);
                high.Store(set);
            }

            return (int)(last - word);
        }
    }

    /// <summary>Every second interval of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Shuffle(Vector256<uint> first, Vector256<uint> second, [ConstantExpected] byte control) =>
        X86.Avx2.Permute4x64(
            Avx.Shuffle(first.AsSingle(), second.AsSingle(), control).AsUInt64(), 0b11_01_10_00).AsUInt32();

    /// <summary>Eight states spill and take their nibbles in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Take(Vector256<uint> states, Vector256<uint> pairs, ref byte* word, byte* spilling)
    {
        Vector256<uint> starts = pairs & Vector256.Create(0xFFFFu);
        Vector256<uint> frequencies = ((pairs >> 16) - starts) & Vector256.Create((1u << AdaptiveCdf.ScaleBits) - 1);

        // x >= f * 2^17, as x / 2^17 >= f, which has no sign to mind.
        Vector256<uint> kept = Vector256.GreaterThan(frequencies.AsInt32(), (states >> (32 - AdaptiveCdf.ScaleBits)).AsInt32()).AsUInt32();
        uint lanes = ~kept.ExtractMostSignificantBits() & 0xFF;
        Vector256<int> order = X86.Avx2.ConvertToVector256Int32(spilling + (Group * (nuint)lanes));
        Vector256<int> spilt = X86.Avx2.PermuteVar8x32((states & Vector256.Create(0xFFFFu)).AsInt32(), order);
        Sse41.PackUnsignedSaturate(spilt.GetLower(), spilt.GetUpper()).Store((ushort*)word - Group);
        word -= sizeof(ushort) * BitOperations.PopCount(lanes);
        states = Vector256.ConditionalSelect(kept, states, states >> 16);

        Vector256<uint> quotients = Vector256.Create(
            Quotients(states.GetLower(), frequencies.GetLower()), Quotients(states.GetUpper(), frequencies.GetUpper()));
        return (quotients << AdaptiveCdf.ScaleBits) + (states - (quotients * frequencies)) + starts;
    }

    /// <summary>Exact: a quotient just below a whole number lies 2^-15 or more below it, and a double holds 2^-36 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Quotients(Vector128<uint> states, Vector128<uint> frequencies)
    {
        Vector256<double> signed = Avx.ConvertToVector256Double((states ^ Vector128.Create(0x8000_0000u)).AsInt32());
        Vector256<double> divisors = Avx.ConvertToVector256Double(frequencies.AsInt32());
        return Avx.ConvertToVector128Int32WithTruncation((signed + Vector256.Create(2147483648.0)) / divisors).AsUInt32();
    }

    static byte[] MakeSpilling()
    {
        byte[] spilling = GC.AllocateArray<byte>(256 * Group, pinned: true);
        for (int lanes = 0; lanes < 256; lanes++)
        {
            int at = (lanes + 1) * Group;
            for (int lane = Group - 1; lane >= 0; lane--)
            {
                if ((lanes >> lane & 1) != 0)
                {
                    spilling[--at] = (byte)lane;
                }
            }
        }

        return spilling;
    }
}
