namespace Lacuna.Kernels;

/// <summary>What <see cref="PointwiseConvolution"/> does with a sum before it is stored.</summary>
public enum PointwiseActivation
{
    /// <summary>The sum itself.</summary>
    None = 0,

    /// <summary>A sum below zero is scaled by <see cref="PointwiseConvolution.LeakySlope"/>.</summary>
    Leaky = 1,
}

/// <summary>How the rows of one <see cref="PointwiseConvolution"/> lie in memory. All strides are in floats.</summary>
/// <param name="Pixels">Rows, 0 or more.</param>
/// <param name="SourceStride">From one pixel's inputs to the next's; at least the inputs.</param>
/// <param name="DestinationStride">From one pixel's outputs to the next's; at least the outputs.</param>
/// <param name="ResidualStride">From one pixel's residual to the next's; at least the outputs where a residual is given.</param>
/// <param name="Activation">Applied to the sum, before the residual is added.</param>
public readonly record struct PointwiseShape(
    int Pixels,
    int SourceStride,
    int DestinationStride,
    int ResidualStride = 0,
    PointwiseActivation Activation = PointwiseActivation.None);
