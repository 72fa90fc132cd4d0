namespace Lacuna.Kernels;

/// <summary>Multiplies every pixel's channels by one matrix: a 1x1 convolution.</summary>
/// <remarks>
/// <code>
/// sum = bias[o];  for i = 0 .. inputs-1:  sum = fma(x[p, i], w[o, i], sum)
/// y   = Activation is None or sum >= 0 ? sum : sum * LeakySlope
/// destination[p, o] = residual given ? residual[p, o] + y : y
/// </code>
/// <para>
/// Class: exact. Every variant gives the bits of <see cref="Scalar"/> for every input: signed zeros, denormals and infinities
/// included, whatever the pixels, the tails and the alignment. Where the result is a NaN every variant gives a NaN, but
/// its sign and payload are not specified.
/// </para>
/// <para>Cost: inputs x outputs fused multiply-adds a pixel; bound by the multiply-add units from 64 inputs on.</para>
/// </remarks>
public static unsafe partial class PointwiseConvolution
{
    /// <summary>
    /// Slope of <see cref="PointwiseActivation.Leaky"/> below zero: a power of two, so that only denormals are rounded.
    /// </summary>
    public const float LeakySlope = 1f / 128;

    /// <param name="shape">Rows, strides and activation.</param>
    /// <param name="source">
    /// Shape [pixels, inputs] in rows of <see cref="PointwiseShape.SourceStride"/>; nothing after the last row's inputs is read.
    /// </param>
    /// <param name="weights">The matrix and bias; they fix inputs and outputs.</param>
    /// <param name="residual">
    /// Shape [pixels, outputs] in rows of <see cref="PointwiseShape.ResidualStride"/>, added to the result; empty for none.
    /// It may be the destination itself (same first element, same stride), and shares no element with it otherwise.
    /// </param>
    /// <param name="destination">
    /// Shape [pixels, outputs] in rows of <see cref="PointwiseShape.DestinationStride"/>; what lies between rows is left alone.
    /// Shares no element with <paramref name="source"/>, though both may be columns of one buffer.
    /// </param>
    public delegate void Fn(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(PointwiseConvolution),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Tiled),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Tiled));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">A stride is below its row, or a span ends before its last row does.</exception>
    public static void Run(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Pixels);
        if (shape.Pixels == 0)
        {
            return;
        }

        CheckRows(shape.Pixels, shape.SourceStride, weights.Inputs, source.Length, nameof(source));
        CheckRows(shape.Pixels, shape.DestinationStride, weights.Outputs, destination.Length, nameof(destination));
        if (!residual.IsEmpty)
        {
            CheckRows(shape.Pixels, shape.ResidualStride, weights.Outputs, residual.Length, nameof(residual));
        }

        Table.Best(shape, source, weights, residual, destination);
    }

    static void CheckRows(int pixels, int stride, int width, int length, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, (pixels - 1L) * stride + width, name);
    }
}
