using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<DepthwiseConvolution.Fn, float, float>;

public class DepthwiseConvolutionCheck
{
    /// <summary>Channels of the widest step.</summary>
    const int Widest = 16;

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_channels() =>
        Check(Enumerable.Range(1, 3 * Widest).Select(channels => Band(new DepthwiseShape(4, 5), channels)));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_size() =>
        Check(
            from height in Enumerable.Range(0, 8)
            from width in Enumerable.Range(0, 6)
            select Band(new DepthwiseShape(height, width), channels: 19));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_band() =>
        Check(
            from first in Enumerable.Range(0, 8)
            from count in Enumerable.Range(0, 8 - first)
            select Band(new DepthwiseShape(7, 4, first, count), channels: 33));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_on_a_long_run() =>
        KernelCheck.Exact(DepthwiseConvolution.Table, [Band(new DepthwiseShape(40, 90), 128)], [.. Patterns.Floats.Take(1)]);

    [Fact]
    public void Without_fused_multiply_add_the_bits_are_the_same()
    {
        var table = new KernelTable<DepthwiseConvolution.Fn>(
            "DepthwiseConvolution without FMA",
            DepthwiseConvolution.Table.Reference,
            new Variant<DepthwiseConvolution.Fn>(IsaLevel.Scalar, DepthwiseConvolution.Vector128WithoutFma));
        Case[] cases = [.. Enumerable.Range(1, 13).Select(channels => Band(new DepthwiseShape(5, 4), channels))];
        KernelCheck.Exact(table, cases, Patterns.Floats);
    }

    [Fact]
    public void Taps_outside_the_picture_are_skipped_not_multiplied()
    {
        // An infinite weight on a zero from outside would give NaN.
        float[] taps = [.. Enumerable.Repeat(float.PositiveInfinity, 4), 2, .. Enumerable.Repeat(float.PositiveInfinity, 4)];
        float[] y = new float[1];
        DepthwiseConvolution.Run(new DepthwiseShape(1, 1), [3], new DepthwiseWeights(1, taps, [0.5f]), y);
        Assert.Equal([6.5f], y);
    }

    [Fact]
    public void Taps_are_added_row_by_row()
    {
        // The window of the middle pixel: 2^24 and -2^24 cancel before the last 1 is added, and after the first.
        float[] source = [1, 16777216, 0, 0, 0, 0, 0, -16777216, 1];
        float[] y = new float[9];
        DepthwiseConvolution.Run(new DepthwiseShape(3, 3), source, new DepthwiseWeights(1, [1, 1, 1, 1, 1, 1, 1, 1, 1], []), y);
        Assert.Equal(1f, y[4]);
    }

    [Fact]
    public void A_picture_in_bands_equals_the_whole()
    {
        const int Height = 9, Width = 6, Channels = 24, Row = Width * Channels;
        var random = new Random(1);
        float[] source = Values(Height * Row), whole = new float[Height * Row], banded = new float[Height * Row];
        var weights = new DepthwiseWeights(Channels, Values(9 * Channels), Values(Channels));
        DepthwiseConvolution.Run(new DepthwiseShape(Height, Width), source, weights, whole);
        foreach ((int first, int count) in new[] { (0, 1), (1, 4), (5, 3), (8, 1) })
        {
            DepthwiseConvolution.Run(new DepthwiseShape(Height, Width, first, count), source, weights, banded.AsSpan(first * Row));
        }

        Assert.Equal(whole, banded);

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    [Fact]
    public void A_band_outside_the_picture_and_an_overlap_are_refused()
    {
        var weights = new DepthwiseWeights(1, new float[9], []);
        float[] source = new float[12], y = new float[12];
        Assert.ThrowsAny<ArgumentException>(() => DepthwiseConvolution.Run(new DepthwiseShape(3, 4, 2, 2), source, weights, y));
        Assert.ThrowsAny<ArgumentException>(() => DepthwiseConvolution.Run(new DepthwiseShape(4, 4), source, weights, y));
        Assert.ThrowsAny<ArgumentException>(() => DepthwiseConvolution.Run(new DepthwiseShape(3, 4), source, weights, y.AsSpan(1)));
        Assert.ThrowsAny<ArgumentException>(() => DepthwiseConvolution.Run(new DepthwiseShape(3, 4), source, weights, source));
    }

    static void Check(IEnumerable<Case> cases) => KernelCheck.Exact(DepthwiseConvolution.Table, [.. cases], Patterns.Floats);

    static Case Band(DepthwiseShape shape, int channels) => new(
        $"{shape} x {channels}",
        [shape.Height * shape.Width * channels, 9 * channels, channels],
        shape.RowCount * shape.Width * channels,
        (kernel, x, y) => kernel(shape, x[0], new DepthwiseWeights(channels, x[1], x[2]), y));
}
