using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static partial class PointwiseConvolution
{
    /// <summary>Tiles of 6 x 8.</summary>
    static void Vector128Portable(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination)
    {
        if (Isa.HasFusedMultiplyAdd)
        {
            Sweep<Lanes128, Vector128<float>>(shape, source, weights, residual, destination);
        }
        else
        {
            Vector128WithoutFma(shape, source, weights, residual, destination);
        }
    }

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static void Vector128WithoutFma(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination) =>
        Sweep<Lanes128WithoutFma, Vector128<float>>(shape, source, weights, residual, destination);

    /// <summary>Tiles of 6 x 16: 12 sums, 2 weights and a pixel in 16 registers.</summary>
    static void Avx2Tiled(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination) =>
        Sweep<Lanes256, Vector256<float>>(shape, source, weights, residual, destination);

    /// <summary>Tiles of 6 x 64: 24 sums, 4 weights and a pixel in 32 registers.</summary>
    static void Avx512Tiled(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination) =>
        Sweep<Lanes512, Vector512<float>>(shape, source, weights, residual, destination);
}
