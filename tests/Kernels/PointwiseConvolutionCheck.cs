using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<PointwiseConvolution.Fn, float, float>;

public class PointwiseConvolutionCheck
{
    /// <summary>Outputs of the widest tile.</summary>
    const int Widest = 64;

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_outputs() =>
        Check(Enumerable.Range(1, 3 * Widest).Select(outputs => Plain(pixels: 7, inputs: 5, outputs)));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_pixels() =>
        Check(Enumerable.Range(0, 26).SelectMany(pixels => new[] { Plain(pixels, 3, 20), Plain(pixels, 4, 96) }));

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_inputs() =>
        Check(Enumerable.Range(1, 40).Select(inputs => Plain(pixels: 6, inputs, outputs: 36)));

    [Theory]
    [InlineData(PointwiseActivation.None)]
    [InlineData(PointwiseActivation.Leaky)]
    public void Strides_activation_and_residual_keep_the_bits_of_the_reference(PointwiseActivation activation) =>
        Check(
        [
            .. new[] { 1, 17, 64, 83, 130 }.SelectMany(outputs => new[]
            {
                Plain(11, 8, outputs, activation),
                Plain(11, 8, outputs, activation, gap: 3),
                WithResidual(11, 8, outputs, activation, gap: 0),
                WithResidual(11, 8, outputs, activation, gap: 5),
                InPlace(11, 8, outputs, activation, gap: 0),
                InPlace(11, 8, outputs, activation, gap: 7),
            }),
        ]);

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_on_a_long_run() =>
        KernelCheck.Exact(PointwiseConvolution.Table, [Plain(6145, 16, 20), Plain(130, 512, 128)], [.. Patterns.Floats.Take(1)]);

    [Fact]
    public void Without_fused_multiply_add_the_bits_are_the_same()
    {
        var table = new KernelTable<PointwiseConvolution.Fn>(
            "PointwiseConvolution without FMA",
            PointwiseConvolution.Table.Reference,
            new Variant<PointwiseConvolution.Fn>(IsaLevel.Scalar, PointwiseConvolution.Vector128WithoutFma));
        Case[] cases = [.. Enumerable.Range(1, 20).Select(outputs => InPlace(8, 9, outputs, PointwiseActivation.Leaky, gap: 1))];
        KernelCheck.Exact(table, cases, Patterns.Floats);
    }

    [Fact]
    public void The_sum_starts_at_the_bias_and_runs_over_inputs_in_ascending_order()
    {
        // A lone 1 is lost beside 2^24, two of them are not: [2, 1] were the bias added last.
        var weights = new PointwiseWeights(3, 1, [1, 1, 1], [1]);
        float[] y = new float[2];
        PointwiseConvolution.Run(new PointwiseShape(2, 3, 1), [16777216, -16777216, 1, 1, 16777216, -16777216], weights, [], y);
        Assert.Equal([1f, 2f], y);
    }

    [Fact]
    public void A_product_is_not_rounded_before_it_is_added()
    {
        float a = 1 + MathF.ScaleB(1, -23);
        var weights = new PointwiseWeights(1, 1, [a], [-a * a]);
        float[] y = new float[1];
        PointwiseConvolution.Run(new PointwiseShape(1, 1, 1), [a], weights, [], y);
        Assert.Equal(MathF.ScaleB(1, -46), y[0]);
    }

    [Fact]
    public void Leaky_scales_what_is_below_zero_and_then_the_residual_is_added()
    {
        var weights = new PointwiseWeights(1, 3, [128, -128, -0f], []);
        float[] y = new float[3];
        PointwiseConvolution.Run(new PointwiseShape(1, 1, 3, 3, PointwiseActivation.Leaky), [1], weights, [0.5f, 0.5f, 0.5f], y);
        Assert.Equal([128.5f, -0.5f, 0.5f], y);
    }

    [Fact]
    public void Another_bias_shares_the_matrix()
    {
        PointwiseWeights weights = new PointwiseWeights(1, 2, [3, 5], [0, 0]).WithBias([10, 20]);
        float[] y = new float[2];
        PointwiseConvolution.Run(new PointwiseShape(1, 1, 2), [1], weights, [], y);
        Assert.Equal([13f, 25f], y);
    }

    [Fact]
    public void Spans_that_end_too_soon_are_refused()
    {
        var weights = new PointwiseWeights(2, 3, new float[6], []);
        float[] y = new float[6];
        Assert.ThrowsAny<ArgumentException>(() => PointwiseConvolution.Run(new PointwiseShape(2, 2, 3), new float[3], weights, [], y));
        Assert.ThrowsAny<ArgumentException>(() => PointwiseConvolution.Run(new PointwiseShape(3, 2, 3), new float[6], weights, [], y));
        Assert.ThrowsAny<ArgumentException>(() => PointwiseConvolution.Run(new PointwiseShape(2, 1, 3), new float[6], weights, [], y));
        Assert.ThrowsAny<ArgumentException>(
            () => PointwiseConvolution.Run(new PointwiseShape(2, 2, 3, 3), new float[6], weights, new float[5], y));
        Assert.ThrowsAny<ArgumentException>(() => new PointwiseWeights(2, 3, new float[5], []));
        Assert.ThrowsAny<ArgumentException>(() => weights.WithBias(new float[2]));
    }

    static void Check(IEnumerable<Case> cases) => KernelCheck.Exact(PointwiseConvolution.Table, [.. cases], Patterns.Floats);

    static Case Plain(int pixels, int inputs, int outputs, PointwiseActivation activation = PointwiseActivation.None, int gap = 0)
    {
        var shape = new PointwiseShape(pixels, inputs + gap, outputs + gap, 0, activation);
        return new Case(
            $"{shape} {inputs} -> {outputs}",
            [Rows(pixels, inputs, gap), inputs * outputs, outputs],
            Rows(pixels, outputs, gap),
            (kernel, x, y) => kernel(shape, x[0], new PointwiseWeights(inputs, outputs, x[1], x[2]), [], y));
    }

    static Case WithResidual(int pixels, int inputs, int outputs, PointwiseActivation activation, int gap)
    {
        var shape = new PointwiseShape(pixels, inputs, outputs, outputs + gap, activation);
        return new Case(
            $"{shape} {inputs} -> {outputs}",
            [pixels * inputs, inputs * outputs, outputs, Rows(pixels, outputs, gap)],
            pixels * outputs,
            (kernel, x, y) => kernel(shape, x[0], new PointwiseWeights(inputs, outputs, x[1], x[2]), x[3], y));
    }

    static Case InPlace(int pixels, int inputs, int outputs, PointwiseActivation activation, int gap)
    {
        var shape = new PointwiseShape(pixels, inputs, outputs + gap, outputs + gap, activation);
        return new Case(
            $"{shape} {inputs} -> {outputs} in place",
            [pixels * inputs, inputs * outputs, outputs],
            Rows(pixels, outputs, gap),
            (kernel, x, y) => kernel(shape, x[0], new PointwiseWeights(inputs, outputs, x[1], x[2]), y, y),
            InPlace: true);
    }

    /// <summary>Elements from the first row's start to the last row's end.</summary>
    static int Rows(int pixels, int width, int gap) => pixels == 0 ? 0 : (pixels - 1) * (width + gap) + width;
}
