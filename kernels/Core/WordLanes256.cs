using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

using Words = Vector256<ushort>;

/// <summary>16 lanes with AVX2.</summary>
readonly unsafe struct WordLanes256 : IWordLanes<Words>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Load(ushort* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Words vector, ushort* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Broadcast(ushort value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Widen(byte* source) => Avx2.ConvertToVector256Int16(Vector128.Load(source)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words And(Words left, Words right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Or(Words left, Words right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words AndNot(Words value, Words mask) => Avx2.AndNot(mask, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Select(Words mask, Words yes, Words no) => Avx2.BlendVariable(no, yes, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Add(Words left, Words right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Subtract(Words left, Words right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyLow(Words left, Words right) => Avx2.MultiplyLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyHigh(Words left, Words right) => Avx2.MultiplyHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Carry(Words left, Words right, Words sum) => ((left & right) | Avx2.AndNot(sum, left | right)) >>> 15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftLeft8(Words value) => value << 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight8(Words value) => value >>> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words SignedShiftRight8(Words value) => (value.AsInt16() >> 8).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Signs(Words value) => (value.AsInt16() >> 15).AsUInt16();

    /// <remarks>There is no such instruction at this width: it multiplies by a power of two, which a byte shuffle looks up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftLeft(Words value, Words bits) =>
        Avx2.MultiplyLow(value, Powers(bits, 0x8040201008040201) & Vector256.Create((ushort)0xFF));

    /// <remarks>As the upper half of a product by <c>2^(16 - bits)</c>; 0 bits have none, and go past it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight(Words value, Words bits) =>
        Avx2.MultiplyHigh(value, Powers(bits, 0x0204081020408000) << 8) | (value & Avx2.CompareEqual(bits, Words.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Words left, Words right) => Avx2.MoveMask(Avx2.CompareEqual(left, right).AsByte()) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow(Words left, Words right) => Avx2.UnpackLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh(Words left, Words right) => Avx2.UnpackHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow64(Words left, Words right) => Avx2.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh64(Words left, Words right) => Avx2.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Refill(ref Words low, ref Words high, ushort* words, byte* shuffles)
    {
        Words empty = Avx2.CompareEqual(high, Words.Zero);
        var mask = (uint)Sse2.MoveMask(Sse2.PackSignedSaturate(empty.GetLower().AsInt16(), empty.GetUpper().AsInt16()));
        uint first = mask & 0xFF;
        ushort* middle = words + BitOperations.PopCount(first);
        Words next = Vector256.Create(
            Ssse3.Shuffle(Vector128.Load((byte*)words), Vector128.LoadAligned(shuffles + (16 * first))),
            Ssse3.Shuffle(Vector128.Load((byte*)middle), Vector128.LoadAligned(shuffles + (16 * (mask >> 8))))).AsUInt16();
        high = Avx2.BlendVariable(high, low, empty);
        low = Avx2.BlendVariable(low, next, empty);
        return BitOperations.PopCount(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words Powers(Words bits, ulong powers) =>
        Avx2.Shuffle(Vector256.Create(powers).AsByte(), bits.AsByte()).AsUInt16();
}
