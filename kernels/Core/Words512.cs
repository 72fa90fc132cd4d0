using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Thirty-two words with AVX-512.</summary>
readonly unsafe struct Words512 : IWords<Vector512<ushort>>
{
    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Load(ushort* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<ushort> vector, ushort* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<ushort> vector, byte* destination) =>
        Avx512BW.ConvertToVector256Byte(vector).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Broadcast(ushort value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Widen(byte* source) => Avx512BW.ConvertToVector512UInt16(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Add(Vector512<ushort> left, Vector512<ushort> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Subtract(Vector512<ushort> left, Vector512<ushort> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyLow(Vector512<ushort> left, Vector512<ushort> right) => Avx512BW.MultiplyLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyHigh(Vector512<ushort> left, Vector512<ushort> right) => Avx512BW.MultiplyHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> And(Vector512<ushort> left, Vector512<ushort> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AndNot(Vector512<ushort> vector, Vector512<ushort> mask) => Vector512.AndNot(vector, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Or(Vector512<ushort> left, Vector512<ushort> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftLeft(Vector512<ushort> vector, [ConstantExpected] int bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRight(Vector512<ushort> vector, [ConstantExpected] int bits) => vector >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftLeft(Vector512<ushort> vector, Vector512<ushort> bits) =>
        Avx512BW.ShiftLeftLogicalVariable(vector, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRight(Vector512<ushort> vector, Vector512<ushort> bits) =>
        Avx512BW.ShiftRightLogicalVariable(vector, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> High(Vector512<ushort> vector) => vector >>> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SignedHigh(Vector512<ushort> vector) => (vector.AsInt16() >> 8).AsUInt16();

    /// <remarks>A comparison's mask would have to be moved from a mask register; the sign of the difference is there.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IsAbove(Vector512<ushort> left, Vector512<ushort> right) => ((right - left).AsInt16() >> 15).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IsAtLeast(Vector512<ushort> left, Vector512<ushort> right) => Vector512.GreaterThanOrEqual(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IsZero(Vector512<ushort> vector) => Vector512.Equals(vector, Vector512<ushort>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Vector512<ushort> left, Vector512<ushort> right) => Vector512.EqualsAny(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Vector512<ushort> left, Vector512<ushort> right) => left == right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Select(Vector512<ushort> mask, Vector512<ushort> yes, Vector512<ushort> no) =>
        Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> UnpackLow(Vector512<ushort> left, Vector512<ushort> right) => Avx512BW.UnpackLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> UnpackHigh(Vector512<ushort> left, Vector512<ushort> right) => Avx512BW.UnpackHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadEntries<TKeys>(
        ulong* entries,
        byte* keys,
        out Vector512<ushort> first,
        out Vector512<ushort> second,
        out Vector512<ushort> third,
        out Vector512<ushort> fourth)
        where TKeys : IKeys
    {
        // Unpacking works in quarters of 128 bits: each holds eight lanes, paired so that the planes come out in order.
        Vector512<ushort> e04 = Eight<TKeys>(entries, keys, 0);
        Vector512<ushort> e26 = Eight<TKeys>(entries, keys, 2);
        Vector512<ushort> e15 = Eight<TKeys>(entries, keys, 1);
        Vector512<ushort> e37 = Eight<TKeys>(entries, keys, 3);

        (Vector512<ushort> e02, Vector512<ushort> e46) = (Avx512BW.UnpackLow(e04, e26), Avx512BW.UnpackHigh(e04, e26));
        (Vector512<ushort> e13, Vector512<ushort> e57) = (Avx512BW.UnpackLow(e15, e37), Avx512BW.UnpackHigh(e15, e37));
        (Vector512<ulong> low01, Vector512<ulong> low23) =
            (Avx512BW.UnpackLow(e02, e13).AsUInt64(), Avx512BW.UnpackHigh(e02, e13).AsUInt64());
        (Vector512<ulong> high01, Vector512<ulong> high23) =
            (Avx512BW.UnpackLow(e46, e57).AsUInt64(), Avx512BW.UnpackHigh(e46, e57).AsUInt64());
        first = Avx512F.UnpackLow(low01, high01).AsUInt16();
        second = Avx512F.UnpackHigh(low01, high01).AsUInt16();
        third = Avx512F.UnpackLow(low23, high23).AsUInt16();
        fourth = Avx512F.UnpackHigh(low23, high23).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ref Vector512<ushort> low, ref Vector512<ushort> high, byte* shuffles, ref ushort* next)
    {
        var bits = (uint)Vector512.Equals(high, Vector512<ushort>.Zero).ExtractMostSignificantBits();
        Vector512<ushort> product = low;
        low = Spread(product, high, bits, shuffles, next);
        high = Vector512.ConditionalSelect(Vector512.LessThan(high, Vector512<ushort>.One), product, high);
        next += BitOperations.PopCount(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(Vector512<ushort> vector, Vector512<ushort> mask, byte* shuffles, ref ushort* end)
    {
#if NET10_0_OR_GREATER
        if (Isa.HasVbmi2)
        {
            int count = BitOperations.PopCount(mask.ExtractMostSignificantBits());
            Vector512<ushort> words = Avx512Vbmi2.Compress(Vector512<ushort>.Zero, mask, vector);
            Vector512<ushort> toEnd = Vector512<ushort>.Indices + Vector512.Create((ushort)count);
            Avx512BW.PermuteVar32x16(words, toEnd).Store(end - Count);
            end -= count;
            return;
        }
#endif
        Words256.Gather(vector.GetUpper(), mask.GetUpper(), shuffles, ref end);
        Words256.Gather(vector.GetLower(), mask.GetLower(), shuffles, ref end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ushort> Spread(Vector512<ushort> low, Vector512<ushort> high, uint bits, byte* shuffles, ushort* next)
    {
        Vector512<ushort> empty = Vector512.GreaterThan(Vector512<ushort>.One, high);
#if NET10_0_OR_GREATER
        if (Isa.HasVbmi2)
        {
            return Avx512Vbmi2.Expand(low, empty, Vector512.Load(next));
        }
#endif
        ushort* second = next + BitOperations.PopCount(bits & 0xFF);
        ushort* third = next + BitOperations.PopCount(bits & 0xFFFF);
        ushort* fourth = next + BitOperations.PopCount(bits & 0xFFFFFF);
        Vector256<byte> lower = Vector256.Create(Eight(next, bits & 0xFF, shuffles), Eight(second, bits >> 8 & 0xFF, shuffles));
        Vector256<byte> upper = Vector256.Create(Eight(third, bits >> 16 & 0xFF, shuffles), Eight(fourth, bits >> 24, shuffles));
        return Vector512.ConditionalSelect(empty, Join(lower, upper).AsUInt16(), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Eight(ushort* words, uint mask, byte* shuffles) =>
        Ssse3.Shuffle(Vector128.Load((byte*)words), Vector128.LoadAligned(shuffles + (WordMasks.Bytes * mask)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ushort> Eight<TKeys>(ulong* entries, byte* keys, int lane)
        where TKeys : IKeys => Join(
            Vector256.Create(Pair<TKeys>(entries, keys, lane), Pair<TKeys>(entries, keys, lane + 8)),
            Vector256.Create(Pair<TKeys>(entries, keys, lane + 16), Pair<TKeys>(entries, keys, lane + 24))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Pair<TKeys>(ulong* entries, byte* keys, int lane)
        where TKeys : IKeys =>
        Vector128.Create(entries[TKeys.At(keys, lane, Count)], entries[TKeys.At(keys, lane + 4, Count)]).AsByte();

    /// <remarks><see cref="Vector512.Create(Vector256{byte}, Vector256{byte})"/> goes by way of a vector in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<byte> Join(Vector256<byte> lower, Vector256<byte> upper) =>
        Avx512F.InsertVector256(lower.ToVector512Unsafe().AsUInt64(), upper.AsUInt64(), 1).AsByte();
}
