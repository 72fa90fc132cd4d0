using FsCheck;
using FsCheck.Fluent;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Quantization;

public class VectorQuantizerTests
{
    [Fact]
    public void The_nearest_codeword_depends_on_the_metric()
    {
        float[] codewords = [1, 0, 10, 10, 0, 3];
        Assert.Equal([0], Encode(CodeMetric.Euclidean, codewords, [2, 1]));
        Assert.Equal([1], Encode(CodeMetric.InnerProduct, codewords, [2, 1]));
        Assert.Equal([1], Encode(CodeMetric.Cosine, codewords, [2, 1]));
        Assert.Equal([2], Encode(CodeMetric.Cosine, codewords, [0, 0.1f]));
    }

    [Theory]
    [InlineData(CodeMetric.Euclidean)]
    [InlineData(CodeMetric.Cosine)]
    [InlineData(CodeMetric.InnerProduct)]
    public void Duplicated_codewords_give_the_lowest_index(CodeMetric metric) =>
        Assert.Equal([1], Encode(metric, [-1, 0, 3, 4, 3, 4, 3, 4], [3, 4]));

    [Fact]
    public void The_chosen_codeword_is_nearest_but_for_rounding() =>
        Prop.ForAll((PositiveInt seed) => IsNearest(seed.Get)).QuickCheckThrowOnFailure();

    static bool IsNearest(int seed)
    {
        var random = new System.Random(seed);
        (int dimensions, int count) = (random.Next(1, 40), random.Next(1, 100));
        float[] codewords = Values(random, dimensions * count);
        float[] x = Values(random, dimensions);
        int index = Encode(CodeMetric.Euclidean, codewords, x, dimensions)[0];
        double[] distances = [.. codewords.Chunk(dimensions).Select(c => c.Zip(x, (a, b) => Math.Pow((double)a - b, 2)).Sum())];
        return distances[index] <= distances.Min() + 1e-5 * dimensions;
    }

    [Fact]
    public void Codewords_code_to_themselves() =>
        Prop.ForAll((PositiveInt seed) => IsItsOwnCode(seed.Get)).QuickCheckThrowOnFailure();

    static bool IsItsOwnCode(int seed)
    {
        var random = new System.Random(seed);
        (int dimensions, int count) = (random.Next(1, 20), random.Next(1, 50));
        float[] codewords = [.. Enumerable.Range(0, dimensions * count).Select(_ => (float)random.Next(-3, 4))];
        var quantizer = new VectorQuantizer(new Codebook(dimensions, codewords));
        int[] indices = new int[count];
        float[] decoded = new float[codewords.Length];
        return quantizer.Encode(codewords, indices).IsDone && quantizer.Decode(indices, decoded).IsDone && decoded.SequenceEqual(codewords);
    }

    [Theory]
    [InlineData(float.NaN, 0f)]
    [InlineData(float.PositiveInfinity, float.MaxValue)]
    [InlineData(float.NegativeInfinity, float.MinValue)]
    public void What_is_not_finite_is_rejected_with_its_position_or_mapped(float strange, float mapped)
    {
        var quantizer = new VectorQuantizer(new Codebook(2, [-1, 0, 1, 0, 0, 0]));
        int[] indices = [7, 7];
        QuantizationResult result = quantizer.Encode([0.9f, 0, strange, 0], indices);
        Assert.Equal(new QuantizationResult(QuantizationStatus.NotFinite, 2), result);
        Assert.Equal([0, 0], indices);

        Assert.True(quantizer.Encode([0.9f, 0, strange, 0], indices, NonFinite.Map).IsDone);
        Assert.Equal(Encode(CodeMetric.Euclidean, [-1, 0, 1, 0, 0, 0], [0.9f, 0, mapped, 0]), indices);
    }

    [Fact]
    public void An_index_without_a_codeword_is_reported_with_its_position()
    {
        var quantizer = new VectorQuantizer(new Codebook(1, [5, 6]));
        float[] vectors = [1, 1, 1];
        Assert.Equal(new QuantizationResult(QuantizationStatus.InvalidIndex, 1), quantizer.Decode([1, 2, -1], vectors));
        Assert.Equal([0f, 0f, 0f], vectors);
        Assert.Equal(new QuantizationResult(QuantizationStatus.InvalidIndex, 2), quantizer.Decode([1, 0, -1], vectors));
    }

    [Theory]
    [InlineData(CodeMetric.Euclidean, "35 1 33 4 35 1 33 32 35 1 33 32 35 34 27 31 25 24 27 21")]
    [InlineData(CodeMetric.Cosine, "35 1 33 4 35 1 33 32 35 1 27 32 35 19 27 31 35 19 27 6")]
    [InlineData(CodeMetric.InnerProduct, "35 1 33 0 35 1 27 32 35 1 27 32 35 19 27 6 35 19 27 6")]
    public void Golden_indices(CodeMetric metric, string golden)
    {
        // The indices are those of an independent calculation in double, where the closest calls are 1e-6 apart.
        float[] codewords = Counted(37 * 11, 0x9E3779B9);
        float[] vectors = Counted(20 * 11, 0x85EBCA6B);
        Assert.Equal(golden, string.Join(' ', Encode(metric, codewords, vectors, dimensions: 11)));
    }

    /// <summary>Numbers that any language makes alike: multiples without their upper bits, from -1 to 1.</summary>
    static float[] Counted(int count, uint factor) =>
        [.. Enumerable.Range(1, count).Select(i => MathF.ScaleB((int)((uint)i * factor), -31))];

    [Fact]
    public void One_codeword_or_one_dimension_will_do()
    {
        Assert.Equal([0, 0], Encode(CodeMetric.Euclidean, [1, 2], [5, 5, -5, -5], dimensions: 2));
        Assert.Equal([0, 1, 1], Encode(CodeMetric.Euclidean, [0, 10], [4, 6, 100], dimensions: 1));
        Assert.Equal([], Encode(CodeMetric.Euclidean, [0, 10], [], dimensions: 1));
    }

    [Fact]
    public void Huge_vectors_have_a_defined_answer()
    {
        Assert.Equal([1], Encode(CodeMetric.Euclidean, [0, 0, 1e19f, 1e19f], [3e38f, 3e38f]));
        Assert.Equal([0], Encode(CodeMetric.Euclidean, [0, 0, 3e38f, 3e38f], [3e38f, 3e38f]));
        Assert.Equal([1], Encode(CodeMetric.Euclidean, [0, 0, 1e-44f, 0], [1f, 0]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var quantizer = new VectorQuantizer(new Codebook(2, [1, 2]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Encode([1, 2, 3], new int[1]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Encode([1, 2], new int[2]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Decode([0], new float[3]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Decode([0], new float[4]));
        Assert.ThrowsAny<ArgumentException>(() => new VectorQuantizer(null!));
    }

    [Fact]
    public void Workers_change_no_index_and_a_call_allocates_nothing()
    {
        var random = new System.Random(3);
        var quantizer = new VectorQuantizer(new Codebook(24, Values(random, 24 * 300)));
        float[] vectors = Values(random, 24 * 5000);
        (int[] alone, int[] shared) = (new int[5000], new int[5000]);
        float[] decoded = new float[vectors.Length];
        using var workers = new WorkerPool(3);
        quantizer.Encode(vectors, alone);
        Assert.Equal(0, Allocated.By(() => quantizer.Encode(vectors, alone)));
        Assert.Equal(0, Allocated.By(() => quantizer.Decode(alone, decoded)));

        // The pool's event makes its lock when a thread first has to wait, which may be in any call.
        Assert.Equal(0, Allocated.By(() => quantizer.Encode(vectors, shared, workers: workers)));
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void Many_codewords_are_found_as_few_are()
    {
        var random = new System.Random(5);
        float[] codewords = Values(random, 128 * 4096);
        float[] vectors = Values(random, 128 * 40);
        CodePanels panels = new Codebook(128, codewords).Panels;
        int[] expected = new int[40];
        int[] indices = new int[40];
        NearestCode.Run(new NearestCodeShape(40, 128), vectors, panels, expected, []);
        new VectorQuantizer(new Codebook(128, codewords)).Encode(vectors, indices);
        Assert.Equal(expected, indices);
    }

    static float[] Values(System.Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    static int[] Encode(CodeMetric metric, float[] codewords, float[] vectors, int dimensions = 2)
    {
        var quantizer = new VectorQuantizer(new Codebook(dimensions, codewords, new CodebookOptions { Metric = metric }));
        int[] indices = new int[vectors.Length / dimensions];
        Assert.Equal(QuantizationResult.Done, quantizer.Encode(vectors, indices));
        return indices;
    }
}
