using Lacuna.Kernels;

namespace Lacuna.Networks;

/// <summary>A 1x1 convolution with its weights: one product of a matrix with every position's channels.</summary>
/// <remarks>Arithmetic: docs/format.md, section 5.1, "Pointwise".</remarks>
public sealed class Pointwise
{
    readonly PointwiseWeights weights;

    /// <summary>Packs the weights.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="matrix">[outputs, inputs]; copied.</param>
    /// <param name="bias">[outputs]; copied.</param>
    public Pointwise(int inputs, int outputs, ReadOnlySpan<float> matrix, ReadOnlySpan<float> bias)
        : this(new PointwiseWeights(inputs, outputs, matrix, bias))
    {
    }

    Pointwise(PointwiseWeights weights) => this.weights = weights;

    /// <summary>Channels in.</summary>
    public int Inputs => weights.Inputs;

    /// <summary>Channels out.</summary>
    public int Outputs => weights.Outputs;

    /// <summary>The same matrix with another bias, [outputs]; the matrix is shared.</summary>
    public Pointwise WithBias(ReadOnlySpan<float> bias) => new(weights.WithBias(bias));

    /// <summary>Convolves positions that lie one behind the other.</summary>
    /// <param name="source">[positions, inputs].</param>
    /// <param name="destination">[positions, outputs].</param>
    /// <param name="positions">How many.</param>
    /// <param name="activation">Applied to every output.</param>
    public void Run(
        ReadOnlySpan<float> source, Span<float> destination, int positions, PointwiseActivation activation = PointwiseActivation.None) =>
        PointwiseConvolution.Run(new PointwiseShape(positions, Inputs, Outputs, Activation: activation), source, weights, [], destination);

    /// <summary>Convolves positions that lie <paramref name="sourceStride"/> values apart.</summary>
    public void Run(
        ReadOnlySpan<float> source, int sourceStride, Span<float> destination, int destinationStride, int positions,
        PointwiseActivation activation = PointwiseActivation.None) =>
        PointwiseConvolution.Run(
            new PointwiseShape(positions, sourceStride, destinationStride, Activation: activation), source, weights, [], destination);

    /// <summary>Adds the convolution of <paramref name="source"/> to <paramref name="sum"/>, [positions, outputs].</summary>
    public void Add(ReadOnlySpan<float> source, Span<float> sum, int positions) =>
        PointwiseConvolution.Run(new PointwiseShape(positions, Inputs, Outputs, Outputs), source, weights, sum, sum);
}
