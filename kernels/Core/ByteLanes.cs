using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>The few operations that move numbers of 2 and 4 bytes to planes of bytes and back, at one vector width.</summary>
/// <remarks>Bytes are counted from the lowest address; a little-endian number's lowest byte comes first.</remarks>
unsafe interface IByteLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Bytes in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(byte* source);

    static abstract void Store(TVector vector, byte* destination);

    /// <summary>Turns every 16-bit number left by <paramref name="bits"/>.</summary>
    static abstract TVector Rotate16(TVector vector, [ConstantExpected] int bits);

    /// <summary>Turns every 32-bit number left by <paramref name="bits"/>.</summary>
    static abstract TVector Rotate32(TVector vector, [ConstantExpected] int bits);

    /// <summary>Bytes 0, 2, 4, ... of two vectors in a row.</summary>
    static abstract TVector Even(TVector first, TVector second);

    /// <summary>Bytes 1, 3, 5, ... of two vectors in a row.</summary>
    static abstract TVector Odd(TVector first, TVector second);

    /// <summary>The first of the two vectors whose even and odd bytes these are.</summary>
    static abstract TVector FirstOf(TVector even, TVector odd);

    /// <summary>The second of the two vectors whose even and odd bytes these are.</summary>
    static abstract TVector SecondOf(TVector even, TVector odd);
}

/// <summary>128 bits of any processor.</summary>
readonly unsafe struct ByteLanes128 : IByteLanes<Vector128<byte>>
{
    public static int Count => Vector128<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> vector, byte* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Rotate16(Vector128<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt16() << bits | vector.AsUInt16() >>> 16 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Rotate32(Vector128<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt32() << bits | vector.AsUInt32() >>> 32 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Even(Vector128<byte> first, Vector128<byte> second) =>
        Vector128.Narrow(first.AsUInt16(), second.AsUInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Odd(Vector128<byte> first, Vector128<byte> second) =>
        Vector128.Narrow(first.AsUInt16() >>> 8, second.AsUInt16() >>> 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> FirstOf(Vector128<byte> even, Vector128<byte> odd) =>
        (Vector128.WidenLower(even) | Vector128.WidenLower(odd) << 8).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> SecondOf(Vector128<byte> even, Vector128<byte> odd) =>
        (Vector128.WidenUpper(even) | Vector128.WidenUpper(odd) << 8).AsByte();
}

/// <summary>256 bits of AVX2, whose packs and unpacks work on halves.</summary>
readonly unsafe struct ByteLanes256 : IByteLanes<Vector256<byte>>
{
    /// <summary>Takes quarters 0 2 1 3: what a pack of halves leaves, into order, or an order that an unpack of halves mends.</summary>
    const byte InnerQuartersSwapped = 0b11_01_10_00;

    public static int Count => Vector256<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(byte* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<byte> vector, byte* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Rotate16(Vector256<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt16() << bits | vector.AsUInt16() >>> 16 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Rotate32(Vector256<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt32() << bits | vector.AsUInt32() >>> 32 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Even(Vector256<byte> first, Vector256<byte> second)
    {
        Vector256<short> low = Vector256.Create((short)0xFF);
        return InOrder(Avx2.PackUnsignedSaturate(first.AsInt16() & low, second.AsInt16() & low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Odd(Vector256<byte> first, Vector256<byte> second) =>
        InOrder(Avx2.PackUnsignedSaturate(first.AsInt16() >>> 8, second.AsInt16() >>> 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> FirstOf(Vector256<byte> even, Vector256<byte> odd) => Avx2.UnpackLow(InOrder(even), InOrder(odd));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> SecondOf(Vector256<byte> even, Vector256<byte> odd) => Avx2.UnpackHigh(InOrder(even), InOrder(odd));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> InOrder(Vector256<byte> vector) => Avx2.Permute4x64(vector.AsInt64(), InnerQuartersSwapped).AsByte();
}

/// <summary>512 bits of AVX-512, whose packs and unpacks work on quarters.</summary>
readonly unsafe struct ByteLanes512 : IByteLanes<Vector512<byte>>
{
    public static int Count => Vector512<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(byte* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<byte> vector, byte* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Rotate16(Vector512<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt16() << bits | vector.AsUInt16() >>> 16 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Rotate32(Vector512<byte> vector, [ConstantExpected] int bits) =>
        (vector.AsUInt32() << bits | vector.AsUInt32() >>> 32 - bits).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Even(Vector512<byte> first, Vector512<byte> second)
    {
        Vector512<short> low = Vector512.Create((short)0xFF);
        return Packed(first.AsInt16() & low, second.AsInt16() & low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Odd(Vector512<byte> first, Vector512<byte> second) =>
        Packed(first.AsInt16() >>> 8, second.AsInt16() >>> 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> FirstOf(Vector512<byte> even, Vector512<byte> odd) =>
        Avx512BW.UnpackLow(Spread(even), Spread(odd));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> SecondOf(Vector512<byte> even, Vector512<byte> odd) =>
        Avx512BW.UnpackHigh(Spread(even), Spread(odd));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<byte> Packed(Vector512<short> first, Vector512<short> second) =>
        Avx512F.PermuteVar8x64(
            Avx512BW.PackUnsignedSaturate(first, second).AsUInt64(), Vector512.Create(0ul, 2, 4, 6, 1, 3, 5, 7)).AsByte();

    /// <summary>Puts the eighths so that an unpack of quarters gives them in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<byte> Spread(Vector512<byte> vector) =>
        Avx512F.PermuteVar8x64(vector.AsUInt64(), Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7)).AsByte();
}
