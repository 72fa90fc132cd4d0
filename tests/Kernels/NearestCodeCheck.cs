using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<NearestCode.Fn, float, int>;

public class NearestCodeCheck
{
    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_for_any_number_of_codewords() =>
        Check(Enumerable.Range(1, 150).Select(codes => Plain(vectors: 7, dimensions: 3, codes)));

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_for_any_number_of_vectors() =>
        Check(Enumerable.Range(0, 40).SelectMany(vectors => new[] { Plain(vectors, 2, 20), Plain(vectors, 5, 130) }));

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_for_any_number_of_dimensions() =>
        Check(Enumerable.Range(1, 40).SelectMany(dimensions => new[] { Plain(7, dimensions, 70), Plain(1, dimensions, 70) }));

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_between_gaps() =>
        Check(
            from vectors in new[] { 1, 2, 5, 6, 13 }
            from codes in new[] { 1, 17, 64, 200 }
            from gap in new[] { 0, 3 }
            select Plain(vectors, 8, codes, gap));

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_on_a_long_run() =>
        KernelCheck.Exact(
            NearestCode.Table,
            [Plain(1025, 8, 256), Plain(97, 128, 1024), Plain(1, 128, 1024)],
            [.. Patterns.Floats.Take(1)]);

    [Fact]
    public void Without_fused_multiply_add_the_codes_are_the_same()
    {
        var table = new KernelTable<NearestCode.Fn>(
            "NearestCode without FMA",
            NearestCode.Table.Reference,
            new Variant<NearestCode.Fn>(IsaLevel.Scalar, NearestCode.Vector128WithoutFma));
        KernelCheck.Exact(table, [.. Enumerable.Range(1, 30).Select(codes => Plain(7, 5, 3 * codes, gap: 1))], Patterns.Floats);
    }

    [Fact]
    public void The_score_starts_at_the_bias_and_runs_over_dimensions_in_ascending_order()
    {
        // A lone 1 is lost beside 2^24: the sum is 1 were the bias added last, and 0 were the order descending.
        var codewords = new CodePanels(3, [1, 1, 1], [1]);
        Assert.Equal([(0, 2f)], Search(codewords, [16777216, -16777216, 2]));
    }

    [Fact]
    public void A_product_is_not_rounded_before_it_is_added()
    {
        float a = 1 + MathF.ScaleB(1, -23);
        Assert.Equal([(0, MathF.ScaleB(1, -46))], Search(new CodePanels(1, [a], [-a * a]), [a]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 19)]
    [InlineData(15, 16)]
    [InlineData(5, 69)]
    [InlineData(66, 131)]
    public void Ties_go_to_the_lowest_index(int first, int second)
    {
        float[] codes = new float[140];
        codes[first] = codes[second] = 1;
        Assert.Equal([(first, 2f)], Search(new CodePanels(1, codes, []), [2]));
    }

    [Fact]
    public void Zeros_of_both_signs_are_equal_and_the_winner_keeps_its_sign()
    {
        var codewords = new CodePanels(1, [1, 0.5f], [-0f, 0f]);
        (int index, float score) = Assert.Single(Search(codewords, [-0f]));
        Assert.Equal(0, index);
        Assert.True(float.IsNegative(score));
    }

    [Fact]
    public void A_score_that_is_no_number_never_wins()
    {
        var codewords = new CodePanels(1, [float.NaN, 1, float.PositiveInfinity, 2], [0, 0, float.NegativeInfinity, 0]);
        Assert.Equal([(3, 6f)], Search(codewords, [3]));
    }

    [Fact]
    public void Where_nothing_is_above_minus_infinity_the_index_is_0() =>
        Assert.Equal([(0, float.NegativeInfinity)], Search(new CodePanels(1, [float.NaN, -1, -2], []), [float.PositiveInfinity]));

    [Fact]
    public void Infinite_scores_tie() =>
        Assert.Equal([(1, float.PositiveInfinity)], Search(new CodePanels(1, [-1, 1e38f, 3e38f], []), [1e38f]));

    [Fact]
    public void Spans_that_end_too_soon_are_refused()
    {
        var codewords = new CodePanels(2, new float[6], []);
        int[] indices = new int[3];
        Refused(new NearestCodeShape(-1, 2), 4, 0);
        Refused(new NearestCodeShape(2, 2), 3, 0);
        Refused(new NearestCodeShape(2, 1), 4, 0);
        Refused(new NearestCodeShape(2, 2, 3), 4, 0);
        Refused(new NearestCodeShape(2, 2, 0), 4, 0);
        Refused(new NearestCodeShape(2, 2), 4, 1);

        void Refused(NearestCodeShape shape, int elements, int scores) =>
            Assert.ThrowsAny<ArgumentException>(
                () => NearestCode.Run(shape, new float[elements], codewords, indices, new float[scores]));
    }

    [Fact]
    public void Codewords_that_are_none_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new CodePanels(0, [1], []));
        Assert.ThrowsAny<ArgumentException>(() => new CodePanels(2, [], []));
        Assert.ThrowsAny<ArgumentException>(() => new CodePanels(2, new float[3], []));
        Assert.ThrowsAny<ArgumentException>(() => new CodePanels(2, new float[4], [0]));

        const int TooMany = CodePanels.MaxFloats / 16 + 1; // one codeword fills a panel of 16
        Assert.ThrowsAny<ArgumentException>(() => new CodePanels(TooMany, new float[TooMany], []));
    }

    static (int Index, float Score)[] Search(CodePanels codewords, ReadOnlySpan<float> source)
    {
        int vectors = source.Length / codewords.Dimensions;
        int[] indices = new int[vectors];
        float[] scores = new float[vectors];
        NearestCode.Run(new NearestCodeShape(vectors, codewords.Dimensions), source, codewords, indices, scores);
        return [.. indices.Zip(scores)];
    }

    static void Check(IEnumerable<Case> cases) => KernelCheck.Exact(NearestCode.Table, [.. cases], Patterns.Floats);

    /// <summary>Inputs: vectors, codewords, biases. Outputs: the indices, then the scores' bits.</summary>
    static Case Plain(int vectors, int dimensions, int codes, int gap = 0)
    {
        var shape = new NearestCodeShape(vectors, dimensions + gap, 1 + gap);
        int rows = vectors == 0 ? 0 : (vectors - 1) * shape.SourceStride + dimensions;
        int indices = vectors == 0 ? 0 : (vectors - 1) * shape.IndexStride + 1;
        return new Case(
            $"{shape} {dimensions} x {codes}",
            [rows, codes * dimensions, codes],
            indices + vectors,
            (kernel, inputs, output) =>
            {
                float[] scores = new float[vectors];
                kernel(shape, inputs[0], new CodePanels(dimensions, inputs[1], inputs[2]), output[..indices], scores);
                System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(scores).CopyTo(output[indices..]);
            });
    }
}
