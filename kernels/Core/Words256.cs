using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Sixteen words with AVX2.</summary>
readonly unsafe struct Words256 : IWords<Vector256<ushort>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Load(ushort* source) => Avx.LoadVector256(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> vector, ushort* destination) => Avx.Store(destination, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<ushort> vector, byte* destination) =>
        Sse2.PackUnsignedSaturate(vector.GetLower().AsInt16(), vector.GetUpper().AsInt16()).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Broadcast(ushort value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Widen(byte* source) => Avx2.ConvertToVector256Int16(source).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Add(Vector256<ushort> left, Vector256<ushort> right) => Avx2.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Subtract(Vector256<ushort> left, Vector256<ushort> right) => Avx2.Subtract(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyLow(Vector256<ushort> left, Vector256<ushort> right) => Avx2.MultiplyLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyHigh(Vector256<ushort> left, Vector256<ushort> right) => Avx2.MultiplyHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> And(Vector256<ushort> left, Vector256<ushort> right) => Avx2.And(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AndNot(Vector256<ushort> vector, Vector256<ushort> mask) => Avx2.AndNot(mask, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Or(Vector256<ushort> left, Vector256<ushort> right) => Avx2.Or(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeft(Vector256<ushort> vector, [ConstantExpected] int bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRight(Vector256<ushort> vector, [ConstantExpected] int bits) => vector >>> bits;

    /// <remarks>There is no such instruction at this width: it multiplies by a power of two, which a byte shuffle looks up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeft(Vector256<ushort> vector, Vector256<ushort> bits) =>
        MultiplyLow(vector, Powers(bits, 0x8040201008040201) & Vector256.Create((ushort)0xFF));

    /// <remarks>The upper half of a product by <c>2^(16 - bits)</c>; 0 bits have none, and go past it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRight(Vector256<ushort> vector, Vector256<ushort> bits) =>
        MultiplyHigh(vector, Powers(bits, 0x0204081020408000) << 8) | (vector & IsZero(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> High(Vector256<ushort> vector) => Avx2.ShiftRightLogical(vector, 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SignedHigh(Vector256<ushort> vector) => (vector.AsInt16() >> 8).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IsAbove(Vector256<ushort> left, Vector256<ushort> right) =>
        Avx2.CompareGreaterThan(left.AsInt16(), right.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IsAtLeast(Vector256<ushort> left, Vector256<ushort> right) =>
        Avx2.CompareEqual(Avx2.Max(left, right), left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IsZero(Vector256<ushort> vector) => Avx2.CompareEqual(vector, Vector256<ushort>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Vector256<ushort> left, Vector256<ushort> right) => Vector256.EqualsAny(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Vector256<ushort> left, Vector256<ushort> right) => left == right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Select(Vector256<ushort> mask, Vector256<ushort> yes, Vector256<ushort> no) =>
        Avx2.BlendVariable(no.AsByte(), yes.AsByte(), mask.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> UnpackLow(Vector256<ushort> left, Vector256<ushort> right) => Avx2.UnpackLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> UnpackHigh(Vector256<ushort> left, Vector256<ushort> right) => Avx2.UnpackHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadEntries<TKeys>(
        ulong* entries,
        byte* keys,
        out Vector256<ushort> first,
        out Vector256<ushort> second,
        out Vector256<ushort> third,
        out Vector256<ushort> fourth)
        where TKeys : IKeys
    {
        // Unpacking works in halves of 128 bits: each holds eight lanes, paired so that the planes come out in order.
        Vector256<ushort> e04 = Four<TKeys>(entries, keys, 0);
        Vector256<ushort> e26 = Four<TKeys>(entries, keys, 2);
        Vector256<ushort> e15 = Four<TKeys>(entries, keys, 1);
        Vector256<ushort> e37 = Four<TKeys>(entries, keys, 3);

        (Vector256<ushort> e02, Vector256<ushort> e46) = (Avx2.UnpackLow(e04, e26), Avx2.UnpackHigh(e04, e26));
        (Vector256<ushort> e13, Vector256<ushort> e57) = (Avx2.UnpackLow(e15, e37), Avx2.UnpackHigh(e15, e37));
        (Vector256<ulong> low01, Vector256<ulong> low23) =
            (Avx2.UnpackLow(e02, e13).AsUInt64(), Avx2.UnpackHigh(e02, e13).AsUInt64());
        (Vector256<ulong> high01, Vector256<ulong> high23) =
            (Avx2.UnpackLow(e46, e57).AsUInt64(), Avx2.UnpackHigh(e46, e57).AsUInt64());
        first = Avx2.UnpackLow(low01, high01).AsUInt16();
        second = Avx2.UnpackHigh(low01, high01).AsUInt16();
        third = Avx2.UnpackLow(low23, high23).AsUInt16();
        fourth = Avx2.UnpackHigh(low23, high23).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ref Vector256<ushort> low, ref Vector256<ushort> high, byte* shuffles, ref ushort* next)
    {
        Vector256<ushort> empty = IsZero(high);
        (uint first, uint second) = Bits(empty);
        ushort* middle = next + BitOperations.PopCount(first);
        Vector128<byte> lower = Ssse3.Shuffle(Vector128.Load((byte*)next), Shuffle(shuffles, first));
        Vector128<byte> upper = Ssse3.Shuffle(Vector128.Load((byte*)middle), Shuffle(shuffles, second));
        high |= low & empty;
        low = AndNot(low, empty) | Vector256.Create(lower, upper).AsUInt16();
        next = middle + BitOperations.PopCount(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(Vector256<ushort> vector, Vector256<ushort> mask, byte* shuffles, ref ushort* end)
    {
        (uint low, uint high) = Bits(mask);
        ushort* middle = end - BitOperations.PopCount(high);
        Ssse3.Shuffle(vector.GetUpper().AsByte(), Shuffle(shuffles, high)).Store((byte*)(end - Words128.Count));
        Ssse3.Shuffle(vector.GetLower().AsByte(), Shuffle(shuffles, low)).Store((byte*)(middle - Words128.Count));
        end = middle - BitOperations.PopCount(low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Four<TKeys>(ulong* entries, byte* keys, int lane)
        where TKeys : IKeys => Vector256.Create(
            Vector128.Create(entries[TKeys.At(keys, lane, Count)], entries[TKeys.At(keys, lane + 4, Count)]),
            Vector128.Create(entries[TKeys.At(keys, lane + 8, Count)], entries[TKeys.At(keys, lane + 12, Count)])).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Shuffle(byte* shuffles, uint mask) => Vector128.LoadAligned(shuffles + (WordMasks.Bytes * mask));

    /// <summary>A bit a lane: those of the lower eight lanes, and those of the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (uint Low, uint High) Bits(Vector256<ushort> mask)
    {
        uint bits = (uint)Avx2.MoveMask(Avx2.PackSignedSaturate(mask.AsInt16(), mask.AsInt16()));
        return (bits & 0xFF, bits >> 24);
    }

    /// <summary>A byte of eight for each word below 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ushort> Powers(Vector256<ushort> bits, ulong powers) =>
        Avx2.Shuffle(Vector256.Create(powers).AsByte(), bits.AsByte()).AsUInt16();
}
