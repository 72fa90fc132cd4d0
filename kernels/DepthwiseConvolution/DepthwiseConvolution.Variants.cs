using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static partial class DepthwiseConvolution
{
    /// <summary>4 channels at a time.</summary>
    static void Vector128Portable(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination)
    {
        if (Isa.HasFusedMultiplyAdd)
        {
            Sweep<Lanes128, Vector128<float>>(shape, source, weights, destination);
        }
        else
        {
            Vector128WithoutFma(shape, source, weights, destination);
        }
    }

    /// <summary>What <see cref="Vector128Portable"/> is on a processor without fused multiply-add.</summary>
    internal static void Vector128WithoutFma(
        in DepthwiseShape shape,
        ReadOnlySpan<float> source,
        DepthwiseWeights weights,
        Span<float> destination) =>
        Sweep<Lanes128WithoutFma, Vector128<float>>(shape, source, weights, destination);

    /// <summary>8 channels at a time: 9 weights and a bias stay in 10 of 16 registers.</summary>
    static void Avx2Strips(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination) =>
        Sweep<Lanes256, Vector256<float>>(shape, source, weights, destination);

    /// <summary>16 channels at a time.</summary>
    static void Avx512Strips(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination) =>
        Sweep<Lanes512, Vector512<float>>(shape, source, weights, destination);
}
