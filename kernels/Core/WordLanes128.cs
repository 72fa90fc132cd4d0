using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

using Words = Vector128<ushort>;

/// <summary>8 lanes with SSE4.1.</summary>
readonly unsafe struct WordLanes128 : IWordLanes<Words>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Load(ushort* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Words vector, ushort* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Broadcast(ushort value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Widen(byte* source) => Sse41.ConvertToVector128Int16(source).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words And(Words left, Words right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Or(Words left, Words right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words AndNot(Words value, Words mask) => Sse2.AndNot(mask, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Select(Words mask, Words yes, Words no) => Sse41.BlendVariable(no, yes, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Add(Words left, Words right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Subtract(Words left, Words right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyLow(Words left, Words right) => Sse2.MultiplyLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyHigh(Words left, Words right) => Sse2.MultiplyHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Carry(Words left, Words right, Words sum) => ((left & right) | Sse2.AndNot(sum, left | right)) >>> 15;

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
        Sse2.MultiplyLow(value, Powers(bits, 0x8040201008040201) & Vector128.Create((ushort)0xFF));

    /// <remarks>As the upper half of a product by <c>2^(16 - bits)</c>; 0 bits have none, and go past it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight(Words value, Words bits) =>
        Sse2.MultiplyHigh(value, Powers(bits, 0x0204081020408000) << 8) | (value & Sse2.CompareEqual(bits, Words.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Words left, Words right) => Sse2.MoveMask(Sse2.CompareEqual(left, right).AsByte()) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow(Words left, Words right) => Sse2.UnpackLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh(Words left, Words right) => Sse2.UnpackHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackLow64(Words left, Words right) => Sse2.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words UnpackHigh64(Words left, Words right) => Sse2.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Refill(ref Words low, ref Words high, ushort* words, byte* shuffles)
    {
        Words empty = Sse2.CompareEqual(high, Words.Zero);
        var mask = (uint)Sse2.MoveMask(Sse2.PackSignedSaturate(empty.AsInt16(), Vector128<short>.Zero));
        Words next = Ssse3.Shuffle(Vector128.Load((byte*)words), Vector128.LoadAligned(shuffles + (16 * mask))).AsUInt16();
        high = Sse41.BlendVariable(high, low, empty);
        low = Sse41.BlendVariable(low, next, empty);
        return BitOperations.PopCount(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words Powers(Words bits, ulong powers) =>
        Ssse3.Shuffle(Vector128.Create(powers).AsByte(), bits.AsByte()).AsUInt16();
}
