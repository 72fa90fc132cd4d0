using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>
/// What elementwise kernels need beyond <see cref="ILanes{TVector}"/>: differences, limits, 16-bit inputs, a test for infinities.
/// </summary>
unsafe interface IArithmeticLanes<TVector> : ILanes<TVector>
    where TVector : unmanaged
{
    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary><c>value > limit ? limit : value</c>; a NaN stays.</summary>
    static abstract TVector Below(TVector value, TVector limit);

    /// <summary><c>limit > value ? limit : value</c>; a NaN stays.</summary>
    static abstract TVector Above(TVector value, TVector limit);

    /// <summary>All bits set where a lane is infinite or NaN, or where <paramref name="seen"/> has them set.</summary>
    static abstract TVector Unbounded(TVector value, TVector seen);

    /// <summary>Whether <see cref="Unbounded"/> set any lane.</summary>
    static abstract bool Any(TVector seen);

    /// <summary>Reads IEEE binary16.</summary>
    static abstract TVector LoadHalf(ushort* source);

    /// <summary>Reads bfloat16: the upper half of a float.</summary>
    static abstract TVector LoadBFloat16(ushort* source);
}

readonly unsafe partial struct Lanes128 : IArithmeticLanes<Vector128<float>>
{
    const int Infinity = 0x7F80_0000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Below(Vector128<float> value, Vector128<float> limit) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(value, limit), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Above(Vector128<float> value, Vector128<float> limit) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(limit, value), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Unbounded(Vector128<float> value, Vector128<float> seen)
    {
        Vector128<int> exponent = value.AsInt32() & Vector128.Create(Infinity);
        return (seen.AsInt32() | Vector128.Equals(exponent, Vector128.Create(Infinity))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<float> seen) => seen.AsInt32() != Vector128<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalf(ushort* source)
    {
        Vector128<int> bits = Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsUInt16()).AsInt32();
        Vector128<int> magnitude = bits & Vector128.Create(HalfBits.Magnitude);
        Vector128<int> infinite = Vector128.GreaterThan(magnitude, Vector128.Create(HalfBits.Finite)) & Vector128.Create(Infinity);
        Vector128<float> scaled = (magnitude << HalfBits.Shift).AsSingle() * Vector128.Create(HalfBits.Scale);
        return (scaled.AsInt32() | infinite | ((bits ^ magnitude) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBFloat16(ushort* source) =>
        (Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsUInt16()) << 16).AsSingle();
}

readonly unsafe partial struct Lanes128WithoutFma : IArithmeticLanes<Vector128<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Below(Vector128<float> value, Vector128<float> limit) => Lanes128.Below(value, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Above(Vector128<float> value, Vector128<float> limit) => Lanes128.Above(value, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Unbounded(Vector128<float> value, Vector128<float> seen) => Lanes128.Unbounded(value, seen);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<float> seen) => Lanes128.Any(seen);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalf(ushort* source) => Lanes128.LoadHalf(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBFloat16(ushort* source) => Lanes128.LoadBFloat16(source);
}

readonly unsafe partial struct Lanes256 : IArithmeticLanes<Vector256<float>>
{
    const int Infinity = 0x7F80_0000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Below(Vector256<float> value, Vector256<float> limit) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(value, limit), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Above(Vector256<float> value, Vector256<float> limit) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(limit, value), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Unbounded(Vector256<float> value, Vector256<float> seen)
    {
        Vector256<int> exponent = value.AsInt32() & Vector256.Create(Infinity);
        return (seen.AsInt32() | Vector256.Equals(exponent, Vector256.Create(Infinity))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector256<float> seen) => seen.AsInt32() != Vector256<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(ushort* source)
    {
        Vector256<int> bits = Wide(source);
        Vector256<int> magnitude = bits & Vector256.Create(HalfBits.Magnitude);
        Vector256<int> infinite = Vector256.GreaterThan(magnitude, Vector256.Create(HalfBits.Finite)) & Vector256.Create(Infinity);
        Vector256<float> scaled = (magnitude << HalfBits.Shift).AsSingle() * Vector256.Create(HalfBits.Scale);
        return (scaled.AsInt32() | infinite | ((bits ^ magnitude) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBFloat16(ushort* source) => (Wide(source) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Wide(ushort* source) => System.Runtime.Intrinsics.X86.Avx2.ConvertToVector256Int32(source);
}

readonly unsafe partial struct Lanes512 : IArithmeticLanes<Vector512<float>>
{
    const int Infinity = 0x7F80_0000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Below(Vector512<float> value, Vector512<float> limit) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(value, limit), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Above(Vector512<float> value, Vector512<float> limit) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(limit, value), limit, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Unbounded(Vector512<float> value, Vector512<float> seen)
    {
        Vector512<int> exponent = value.AsInt32() & Vector512.Create(Infinity);
        return (seen.AsInt32() | Vector512.Equals(exponent, Vector512.Create(Infinity))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector512<float> seen) => seen.AsInt32() != Vector512<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadHalf(ushort* source)
    {
        Vector512<int> bits = Wide(source);
        Vector512<int> magnitude = bits & Vector512.Create(HalfBits.Magnitude);
        Vector512<int> infinite = Vector512.GreaterThan(magnitude, Vector512.Create(HalfBits.Finite)) & Vector512.Create(Infinity);
        Vector512<float> scaled = (magnitude << HalfBits.Shift).AsSingle() * Vector512.Create(HalfBits.Scale);
        return (scaled.AsInt32() | infinite | ((bits ^ magnitude) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBFloat16(ushort* source) => (Wide(source) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<int> Wide(ushort* source) =>
        System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector512Int32(Vector256.Load(source));
}

/// <summary>
/// How the bits of a binary16 number become those of a float: moved into place, then scaled by 2^112, denormals included.
/// </summary>
static class HalfBits
{
    public const int Magnitude = 0x7FFF;
    public const int Finite = 0x7BFF;
    public const int Shift = 13;
    public const float Scale = 5.192296858534828e33f;
}
