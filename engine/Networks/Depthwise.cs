using Lacuna.Kernels;

namespace Lacuna.Networks;

/// <summary>A depthwise 3x3 convolution with its weights; what lies outside the map is passed over.</summary>
/// <remarks>Arithmetic: docs/format.md, section 5.1, "Depthwise".</remarks>
public sealed class Depthwise
{
    readonly DepthwiseWeights packed;

    /// <summary>Packs the weights.</summary>
    /// <param name="weights">[9, channels]; copied.</param>
    /// <param name="bias">[channels]; copied.</param>
    public Depthwise(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) =>
        packed = new DepthwiseWeights(bias.Length, weights, bias);

    /// <summary>Convolves some rows of a map.</summary>
    /// <param name="source">The map.</param>
    /// <param name="firstRow">First row of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="destination">[rows, width, channels].</param>
    public void Run(FeatureMap source, int firstRow, int rows, Span<float> destination) =>
        DepthwiseConvolution.Run(
            new DepthwiseShape(source.Height, source.Width, firstRow, rows), source.Values, packed, destination);
}
