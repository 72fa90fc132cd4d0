using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Eight words on any processor with 128-bit vectors.</summary>
readonly unsafe struct Words128 : IWords<Vector128<ushort>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Load(ushort* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ushort> vector, ushort* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<ushort> vector, byte* destination) =>
        *(ulong*)destination = Vector128.Narrow(vector, vector).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Broadcast(ushort value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Widen(byte* source) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Add(Vector128<ushort> left, Vector128<ushort> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Subtract(Vector128<ushort> left, Vector128<ushort> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyLow(Vector128<ushort> left, Vector128<ushort> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> left, Vector128<ushort> right) =>
        Isa.HasSsse3
            ? Sse2.MultiplyHigh(left, right)
            : Vector128.Narrow(
                (Vector128.WidenLower(left) * Vector128.WidenLower(right)) >>> 16,
                (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)) >>> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> And(Vector128<ushort> left, Vector128<ushort> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AndNot(Vector128<ushort> vector, Vector128<ushort> mask) => Vector128.AndNot(vector, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Or(Vector128<ushort> left, Vector128<ushort> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> vector, [ConstantExpected] int bits) => vector << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRight(Vector128<ushort> vector, [ConstantExpected] int bits) => vector >>> bits;

    /// <remarks>There is no such instruction at this width: it multiplies by a power of two, which a byte shuffle looks up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> vector, Vector128<ushort> bits) =>
        MultiplyLow(vector, Powers(bits, 0x8040201008040201) & Vector128.Create((ushort)0xFF));

    /// <remarks>The upper half of a product by <c>2^(16 - bits)</c>; 0 bits have none, and go past it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRight(Vector128<ushort> vector, Vector128<ushort> bits) =>
        MultiplyHigh(vector, Powers(bits, 0x0204081020408000) << 8) | (vector & IsZero(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> High(Vector128<ushort> vector) => vector >>> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SignedHigh(Vector128<ushort> vector) => (vector.AsInt16() >> 8).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IsAbove(Vector128<ushort> left, Vector128<ushort> right) =>
        Vector128.GreaterThan(left.AsInt16(), right.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IsAtLeast(Vector128<ushort> left, Vector128<ushort> right) =>
        Vector128.Equals(Vector128.Max(left, right), left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IsZero(Vector128<ushort> vector) => Vector128.Equals(vector, Vector128<ushort>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Vector128<ushort> left, Vector128<ushort> right) => Vector128.EqualsAny(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllEqual(Vector128<ushort> left, Vector128<ushort> right) => left == right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Select(Vector128<ushort> mask, Vector128<ushort> yes, Vector128<ushort> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> UnpackLow(Vector128<ushort> left, Vector128<ushort> right) => ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> UnpackHigh(Vector128<ushort> left, Vector128<ushort> right) => ZipHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadEntries<TKeys>(
        ulong* entries,
        byte* keys,
        out Vector128<ushort> first,
        out Vector128<ushort> second,
        out Vector128<ushort> third,
        out Vector128<ushort> fourth)
        where TKeys : IKeys
    {
        Vector128<ushort> e04 = Pair(entries[TKeys.At(keys, 0, Count)], entries[TKeys.At(keys, 4, Count)]);
        Vector128<ushort> e26 = Pair(entries[TKeys.At(keys, 2, Count)], entries[TKeys.At(keys, 6, Count)]);
        Vector128<ushort> e15 = Pair(entries[TKeys.At(keys, 1, Count)], entries[TKeys.At(keys, 5, Count)]);
        Vector128<ushort> e37 = Pair(entries[TKeys.At(keys, 3, Count)], entries[TKeys.At(keys, 7, Count)]);

        (Vector128<ushort> e02, Vector128<ushort> e46) = (ZipLow(e04, e26), ZipHigh(e04, e26));
        (Vector128<ushort> e13, Vector128<ushort> e57) = (ZipLow(e15, e37), ZipHigh(e15, e37));
        (Vector128<ulong> low01, Vector128<ulong> low23) = (ZipLow(e02, e13).AsUInt64(), ZipHigh(e02, e13).AsUInt64());
        (Vector128<ulong> high01, Vector128<ulong> high23) = (ZipLow(e46, e57).AsUInt64(), ZipHigh(e46, e57).AsUInt64());
        first = LowHalves(low01, high01);
        second = HighHalves(low01, high01);
        third = LowHalves(low23, high23);
        fourth = HighHalves(low23, high23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ref Vector128<ushort> low, ref Vector128<ushort> high, byte* shuffles, ref ushort* next)
    {
        Vector128<ushort> empty = IsZero(high);
        uint bits = empty.ExtractMostSignificantBits();
        Vector128<byte> words = Shuffle(Vector128.Load((byte*)next), Vector128.LoadAligned(shuffles + (WordMasks.Bytes * bits)));
        high |= low & empty;
        low = AndNot(low, empty) | words.AsUInt16();
        next += BitOperations.PopCount(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather(Vector128<ushort> vector, Vector128<ushort> mask, byte* shuffles, ref ushort* end)
    {
        uint bits = mask.ExtractMostSignificantBits();
        Shuffle(vector.AsByte(), Vector128.LoadAligned(shuffles + (WordMasks.Bytes * bits))).Store((byte*)(end - Count));
        end -= BitOperations.PopCount(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> Pair(ulong low, ulong high) => Vector128.Create(low, high).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> ZipLow(Vector128<ushort> left, Vector128<ushort> right) =>
        Isa.HasSsse3 ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> ZipHigh(Vector128<ushort> left, Vector128<ushort> right) =>
        Isa.HasSsse3 ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> LowHalves(Vector128<ulong> left, Vector128<ulong> right) =>
        (Isa.HasSsse3 ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> HighHalves(Vector128<ulong> left, Vector128<ulong> right) =>
        (Isa.HasSsse3 ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Shuffle(Vector128<byte> table, Vector128<byte> indices) =>
        Isa.HasSsse3 ? Ssse3.Shuffle(table, indices) : AdvSimd.Arm64.VectorTableLookup(table, indices);

    /// <summary>A byte of eight for each word below 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ushort> Powers(Vector128<ushort> bits, ulong powers) =>
        Shuffle(Vector128.Create(powers).AsByte(), bits.AsByte()).AsUInt16();
}
