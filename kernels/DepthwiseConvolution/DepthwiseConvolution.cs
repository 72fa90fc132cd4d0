namespace Lacuna.Kernels;

/// <summary>Filters every channel with its own 3x3 window; what lies outside the picture takes no part.</summary>
/// <remarks>
/// <code>
/// sum = bias[c]
/// for ky = 0 .. 2, kx = 0 .. 2, where the picture has the pixel (y + ky - 1, x + kx - 1):
///     sum = fma(source[y + ky - 1, x + kx - 1, c], w[ky, kx, c], sum)
/// destination[y - FirstRow, x, c] = sum
/// </code>
/// <para>
/// Class: exact. Every variant gives the bits of <see cref="Scalar"/> for every input: signed zeros, denormals and infinities
/// included. Where the result is a NaN every variant gives a NaN, but its sign and payload are not specified. A picture
/// may be written in bands of any height: the bits do not depend on them.
/// </para>
/// <para>Cost: 9 fused multiply-adds and one store an element.</para>
/// </remarks>
public static unsafe partial class DepthwiseConvolution
{
    /// <param name="shape">The picture and the band to write.</param>
    /// <param name="source">Shape [height, width, channels]; nothing after it is read.</param>
    /// <param name="weights">Taps and bias; they fix the channels.</param>
    /// <param name="destination">
    /// Shape [row count, width, channels]: the band alone. It must not overlap <paramref name="source"/>.
    /// </param>
    public delegate void Fn(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination);

    /// <summary>Every variant, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(DepthwiseConvolution),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Vector128Portable),
        new Variant<Fn>(IsaLevel.Avx2, Avx2Strips),
        new Variant<Fn>(IsaLevel.Avx512, Avx512Strips));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The band is not inside the picture, a span is too short, or the spans overlap.</exception>
    public static void Run(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Width, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegative(shape.FirstRow, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegative(shape.RowCount, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.FirstRow, shape.Height - shape.RowCount, nameof(shape));
        long row = (long)shape.Width * weights.Channels;
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, row * shape.Height, nameof(source));
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, row * shape.RowCount, nameof(destination));
        source = source[..(int)(row * shape.Height)];
        destination = destination[..(int)(row * shape.RowCount)];
        if (source.Overlaps(destination))
        {
            throw new ArgumentException("The destination overlaps the source.", nameof(destination));
        }

        if (!destination.IsEmpty)
        {
            Table.Best(shape, source, weights, destination);
        }
    }
}
