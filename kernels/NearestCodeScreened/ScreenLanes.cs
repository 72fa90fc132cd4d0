using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>What <see cref="NearestCodeScreened"/> does at one vector width: a lane of sums for each codeword.</summary>
unsafe interface IScreenLanes<TSums>
    where TSums : unmanaged
{
    /// <summary>Codewords in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Panels in two vectors.</summary>
    static abstract int PanelsOfTwo { get; }

    static abstract TSums Load(void* source);

    /// <summary>Four unsigned bytes in every lane.</summary>
    static abstract TSums Broadcast(int bytes);

    /// <summary>Adds the products of a lane's four unsigned bytes of x and four signed bytes of the codewords to its sum.</summary>
    static abstract TSums MultiplyAdd(TSums x, TSums codewords, TSums sums);

    /// <summary>The greatest estimate of each panel: of <c>sums * (scale * scales) + bias</c>.</summary>
    static abstract void StoreGreatest(TSums first, TSums second, float scale, float* scales, float* bias, float* greatest);
}

/// <summary>256 bits with AVX2: two vectors are a panel.</summary>
readonly unsafe struct ScreenLanes256 : IScreenLanes<Vector256<int>>
{
    public static int Count => 8;

    public static int PanelsOfTwo => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(void* source) => Vector256.Load((int*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int bytes) => Vector256.Create(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> x, Vector256<int> codewords, Vector256<int> sums)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(x.AsByte(), codewords.AsSByte());
        return Avx2.Add(sums, Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreGreatest(
        Vector256<int> first, Vector256<int> second, float scale, float* scales, float* bias, float* greatest)
    {
        Vector256<float> both = Avx.Max(Estimates(first, scale, scales, bias), Estimates(second, scale, scales + 8, bias + 8));
        *greatest = Ranking128.GreatestOfLanes(Sse.Max(both.GetLower(), both.GetUpper())).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Estimates(Vector256<int> sums, float scale, float* scales, float* bias) =>
        Fma.MultiplyAdd(
            Avx.ConvertToVector256Single(sums),
            Avx.Multiply(Vector256.Create(scale), Avx.LoadVector256(scales)),
            Avx.LoadVector256(bias));
}

/// <summary>256 bits with AVX2 and AVX-VNNI, which multiplies and adds four bytes in one instruction.</summary>
readonly unsafe struct ScreenLanesVnni : IScreenLanes<Vector256<int>>
{
    public static int Count => ScreenLanes256.Count;

    public static int PanelsOfTwo => ScreenLanes256.PanelsOfTwo;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(void* source) => ScreenLanes256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int bytes) => Vector256.Create(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> x, Vector256<int> codewords, Vector256<int> sums) =>
        AvxVnni.MultiplyWideningAndAdd(sums, x.AsByte(), codewords.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreGreatest(
        Vector256<int> first, Vector256<int> second, float scale, float* scales, float* bias, float* greatest) =>
        ScreenLanes256.StoreGreatest(first, second, scale, scales, bias, greatest);
}

/// <summary>512 bits with AVX-512: a vector is a panel.</summary>
readonly unsafe struct ScreenLanes512 : IScreenLanes<Vector512<int>>
{
    public static int Count => 16;

    public static int PanelsOfTwo => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(void* source) => Vector512.Load((int*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast(int bytes) => Vector512.Create(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> x, Vector512<int> codewords, Vector512<int> sums)
    {
        Vector512<short> pairs = Avx512BW.MultiplyAddAdjacent(x.AsByte(), codewords.AsSByte());
        return Avx512F.Add(sums, Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreGreatest(
        Vector512<int> first, Vector512<int> second, float scale, float* scales, float* bias, float* greatest)
    {
        Vector512<float> a = Estimates(first, scale, scales, bias), b = Estimates(second, scale, scales + 16, bias + 16);

        // Even lanes hold the first panel's, odd ones the second's.
        Vector512<float> both = Avx512F.Max(Avx512F.UnpackLow(a, b), Avx512F.UnpackHigh(a, b));
        Vector256<float> halves = Avx.Max(both.GetLower(), both.GetUpper());
        Vector128<float> quarters = Sse.Max(halves.GetLower(), halves.GetUpper());
        Sse.StoreLow(greatest, Sse.Max(quarters, Sse.MoveHighToLow(quarters, quarters)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Estimates(Vector512<int> sums, float scale, float* scales, float* bias) =>
        Avx512F.FusedMultiplyAdd(
            Avx512F.ConvertToVector512Single(sums),
            Avx512F.Multiply(Vector512.Create(scale), Avx512F.LoadVector512(scales)),
            Avx512F.LoadVector512(bias));
}
