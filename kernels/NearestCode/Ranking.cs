using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>What <see cref="NearestCode"/> does with scores at one vector width: it keeps the greatest of each lane, then of all.</summary>
/// <remarks>Codewords are numbered by the bits of floats, which are moved and compared as integers and never computed with.</remarks>
interface IRanking<TVector>
    where TVector : unmanaged
{
    /// <summary><c>score > best ? score : best</c>; the best where the score is a NaN or equal.</summary>
    static abstract TVector Greater(TVector score, TVector best);

    /// <summary><c>score > best ? code : bestCode</c>.</summary>
    static abstract TVector Code(TVector score, TVector best, TVector code, TVector bestCode);

    /// <summary>The lowest of the codes that have the greatest score.</summary>
    /// <param name="best">A score a lane; no NaN.</param>
    /// <param name="codes">The first code of the vector that each lane's score is from: the lane's own is as many further on.</param>
    static abstract int Winner(TVector best, TVector codes);
}

/// <summary>128 bits.</summary>
readonly struct Ranking128 : IRanking<Vector128<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Greater(Vector128<float> score, Vector128<float> best) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(score, best), score, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Code(
        Vector128<float> score, Vector128<float> best, Vector128<float> code, Vector128<float> bestCode) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(score, best), code, bestCode);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Winner(Vector128<float> best, Vector128<float> codes)
    {
        Vector128<float> greatest = Greater(Vector128.Shuffle(best, Vector128.Create(2, 3, 0, 1)), best);
        greatest = Greater(Vector128.Shuffle(greatest, Vector128.Create(1, 0, 3, 2)), greatest);

        Vector128<int> own = codes.AsInt32() + Vector128<int>.Indices;
        Vector128<int> ties = Vector128.ConditionalSelect(Vector128.Equals(best, greatest).AsInt32(), own, Vector128.Create(int.MaxValue));
        return Lowest(ties);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lowest(Vector128<int> codes)
    {
        codes = Vector128.Min(codes, Vector128.Shuffle(codes, Vector128.Create(2, 3, 0, 1)));
        codes = Vector128.Min(codes, Vector128.Shuffle(codes, Vector128.Create(1, 0, 3, 2)));
        return codes.ToScalar();
    }

    /// <summary>The greatest of all lanes, no NaN among them; of zeros of both signs either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GreatestOfLanes(Vector128<float> best)
    {
        best = Sse.Max(best, Vector128.Shuffle(best, Vector128.Create(2, 3, 0, 1)));
        return Sse.Max(best, Vector128.Shuffle(best, Vector128.Create(1, 0, 3, 2)));
    }
}

/// <summary>256 bits with AVX2: its maximum gives the second operand where one is a NaN or both are equal.</summary>
readonly struct Ranking256 : IRanking<Vector256<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Greater(Vector256<float> score, Vector256<float> best) => Avx.Max(score, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Code(
        Vector256<float> score, Vector256<float> best, Vector256<float> code, Vector256<float> bestCode) =>
        Avx.BlendVariable(bestCode, code, Avx.CompareGreaterThan(score, best));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Winner(Vector256<float> best, Vector256<float> codes)
    {
        Vector128<float> greatest = Ranking128.GreatestOfLanes(Sse.Max(best.GetLower(), best.GetUpper()));
        Vector256<int> own = Avx2.Add(codes.AsInt32(), Vector256<int>.Indices);
        Vector256<float> equal = Avx.CompareEqual(best, Avx2.BroadcastScalarToVector256(greatest));
        Vector256<int> ties = Avx2.BlendVariable(Vector256.Create(int.MaxValue), own, equal.AsInt32());
        return Ranking128.Lowest(Sse41.Min(ties.GetLower(), ties.GetUpper()));
    }
}

/// <summary>512 bits with AVX-512: its maximum gives the second operand where one is a NaN or both are equal.</summary>
readonly struct Ranking512 : IRanking<Vector512<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Greater(Vector512<float> score, Vector512<float> best) => Avx512F.Max(score, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Code(
        Vector512<float> score, Vector512<float> best, Vector512<float> code, Vector512<float> bestCode) =>
        Avx512F.BlendVariable(bestCode, code, Avx512F.CompareGreaterThan(score, best));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Winner(Vector512<float> best, Vector512<float> codes)
    {
        Vector256<float> halves = Avx.Max(best.GetLower(), best.GetUpper());
        Vector128<float> greatest = Ranking128.GreatestOfLanes(Sse.Max(halves.GetLower(), halves.GetUpper()));
        Vector512<int> own = Avx512F.Add(codes.AsInt32(), Vector512<int>.Indices);
        Vector512<int> equal = Avx512F.CompareEqual(best, Avx512F.BroadcastScalarToVector512(greatest)).AsInt32();
        Vector512<int> ties = Avx512F.BlendVariable(Vector512.Create(int.MaxValue), own, equal);
        Vector256<int> lower = Avx2.Min(ties.GetLower(), ties.GetUpper());
        return Ranking128.Lowest(Sse41.Min(lower.GetLower(), lower.GetUpper()));
    }
}
