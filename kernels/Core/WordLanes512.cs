using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

using Words = Vector512<ushort>;

/// <summary>32 lanes with AVX-512.</summary>
readonly unsafe struct WordLanes512 : IWordLanes<Words>
{
    const byte Majority = 0xD4; // a & b | (a | b) & ~c, by the truth table of a three-operand instruction

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Load(ushort* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Words vector, ushort* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Broadcast(ushort value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Widen(byte* source) => Avx512BW.ConvertToVector512UInt16(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words And(Words left, Words right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Or(Words left, Words right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words AndNot(Words value, Words mask) => Vector512.AndNot(value, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Select(Words mask, Words yes, Words no) => Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Add(Words left, Words right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Subtract(Words left, Words right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyLow(Words left, Words right) => Avx512BW.MultiplyLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyHigh(Words left, Words right) => Avx512BW.MultiplyHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Carry(Words left, Words right, Words sum) => Avx512F.TernaryLogic(left, right, sum, Majority) >>> 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftLeft8(Words value) => value << 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight8(Words value) => value >>> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words SignedShiftRight8(Words value) => (value.AsInt16() >> 8).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Signs(Words value) => (value.AsInt16() >> 15).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftLeft(Words value, Words bits) => Avx512BW.ShiftLeftLogicalVariable(value, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight(Words value, Words bits) => Avx512BW.ShiftRightLogicalVariable(value, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Words left, Words right) => Vector512.EqualsAny(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow(Words left, Words right) => Avx512BW.UnpackLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh(Words left, Words right) => Avx512BW.UnpackHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow64(Words left, Words right) => Avx512F.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh64(Words left, Words right) => Avx512F.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    /// <remarks>The same question is asked in three forms: asked once, its answer would be kept as a vector and tested again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Refill(ref Words low, ref Words high, ushort* words, byte* shuffles)
    {
        var mask = (uint)Vector512.Equals(high, Words.Zero).ExtractMostSignificantBits();
        Words product = low;
#if NET10_0_OR_GREATER
        low = Isa.HasVbmi2
            ? Avx512Vbmi2.Expand(product, Vector512.GreaterThan(Words.One, high), Vector512.Load(words))
            : Vector512.ConditionalSelect(Vector512.GreaterThan(Words.One, high), Expand(words, mask, shuffles), product);
#else
        low = Vector512.ConditionalSelect(Vector512.GreaterThan(Words.One, high), Expand(words, mask, shuffles), product);
#endif
        high = Vector512.ConditionalSelect(Vector512.LessThan(high, Words.One), product, high);
        return BitOperations.PopCount(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words Expand(ushort* words, uint mask, byte* shuffles) => Vector512.Create(
        Vector256.Create(
            Expand8(words, mask & 0xFF, shuffles),
            Expand8(words + BitOperations.PopCount(mask & 0xFF), mask >> 8 & 0xFF, shuffles)),
        Vector256.Create(
            Expand8(words + BitOperations.PopCount(mask & 0xFFFF), mask >> 16 & 0xFF, shuffles),
            Expand8(words + BitOperations.PopCount(mask & 0xFFFFFF), mask >> 24, shuffles))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Expand8(ushort* words, uint mask, byte* shuffles) =>
        Ssse3.Shuffle(Vector128.Load((byte*)words), Vector128.LoadAligned(shuffles + (16 * mask)));
}
