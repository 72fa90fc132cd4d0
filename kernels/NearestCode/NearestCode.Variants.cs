using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class NearestCode
{
    /// <summary>Tiles of 6 x 8.</summary>
    static void Vector128Portable(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores)
    {
        if (Isa.HasFusedMultiplyAdd)
        {
            Sweep<Lanes128, Ranking128, Vector128<float>>(shape, source, codewords, indices, scores);
        }
        else
        {
            Vector128WithoutFma(shape, source, codewords, indices, scores);
        }
    }

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static void Vector128WithoutFma(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores) =>
        Sweep<Lanes128WithoutFma, Ranking128, Vector128<float>>(shape, source, codewords, indices, scores);

    /// <summary>Tiles of 6 x 16: 12 sums, 2 vectors of codewords and an element in 16 registers.</summary>
    static void Avx2Tiled(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores) =>
        Sweep<Lanes256, Ranking256, Vector256<float>>(shape, source, codewords, indices, scores);

    /// <summary>Tiles of 6 x 64: 24 sums, 4 vectors of codewords and an element in 32 registers.</summary>
    static void Avx512Tiled(
        in NearestCodeShape shape,
        ReadOnlySpan<float> source,
        CodePanels codewords,
        Span<int> indices,
        Span<float> scores) =>
        Sweep<Lanes512, Ranking512, Vector512<float>>(shape, source, codewords, indices, scores);
}
