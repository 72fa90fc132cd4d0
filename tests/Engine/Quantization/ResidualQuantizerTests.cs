using FsCheck;
using FsCheck.Fluent;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Quantization;

using static QuantizationData;

public class ResidualQuantizerTests
{
    [Fact]
    public void Indices_are_those_of_the_definition() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            (int dimensions, int count, int stages) = (random.Next(1, 20), random.Next(1, 40), random.Next(1, 6));
            Codebook[] codebooks = Stages(stages, count, dimensions, seed.Get);
            float[] vectors = Gaussian(random.Next(0, 30) * dimensions, seed.Get);
            return Encode(new ResidualQuantizer(codebooks), vectors).SequenceEqual(Plain(codebooks, vectors));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_beam_is_never_worse_than_the_greedy_path() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            (int dimensions, int count, int stages) = (random.Next(1, 12), random.Next(1, 30), random.Next(1, 6));
            ResidualStage[] parts = [.. Stages(stages, count, dimensions, seed.Get).Select(codebook => new ResidualStage(codebook))];
            float[] vectors = seed.Get % 2 == 0 ? Gaussian(40 * dimensions, seed.Get) : Coarse(40 * dimensions, seed.Get);
            var greedy = new ResidualQuantizer(1, parts);
            var beam = new ResidualQuantizer(random.Next(2, 9), parts);
            float[] first = Decode(greedy, Encode(greedy, vectors)), second = Decode(beam, Encode(beam, vectors));
            return Enumerable.Range(0, 40).All(v =>
            {
                ReadOnlySpan<float> x = vectors.AsSpan(v * dimensions, dimensions);
                double before = SquaredError(x, first.AsSpan(v * dimensions, dimensions));
                return SquaredError(x, second.AsSpan(v * dimensions, dimensions)) <= before + 1e-5 * (before + 1e-6);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_beam_as_wide_as_all_paths_finds_the_best()
    {
        Codebook[] codebooks = Stages(3, 3, 4, 5);
        var beam = new ResidualQuantizer(27, ResidualQuantizer.StagesOf(codebooks));
        float[] vectors = Gaussian(200 * 4, 9);
        float[] decoded = Decode(beam, Encode(beam, vectors));
        for (int v = 0; v < 200; v++)
        {
            double least = Enumerable.Range(0, 27)
                .Min(i => SquaredError(vectors.AsSpan(v * 4, 4), Decode(beam, [i / 9, i / 3 % 3, i % 3])));
            Assert.Equal(least, SquaredError(vectors.AsSpan(v * 4, 4), decoded.AsSpan(v * 4, 4)), 1e-5);
        }
    }

    [Fact]
    public void A_beam_gains_on_the_greedy_path()
    {
        Codebook[] codebooks = Stages(4, 32, 8, 1);
        float[] vectors = Gaussian(500 * 8, 2);
        double[] errors = [.. new[] { 1, 2, 5, 16 }.Select(width =>
        {
            var quantizer = new ResidualQuantizer(width, ResidualQuantizer.StagesOf(codebooks));
            return SquaredError(vectors, Decode(quantizer, Encode(quantizer, vectors)));
        })];
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.True(errors[2] < 0.95 * errors[0]);
    }

    [Fact]
    public void Fewer_stages_at_encode_and_at_decode_agree()
    {
        var all = new ResidualQuantizer(Stages(6, 16, 5, 3));
        float[] vectors = Gaussian(70 * 5, 4);
        int[] indices = Encode(all, vectors);
        for (int stages = 1; stages <= 6; stages++)
        {
            CodeQuantizer few = all.Prefix(stages);
            int[] first = Encode(few, vectors);
            Assert.Equal(indices.Chunk(6).SelectMany(path => path[..stages]), first);
            var decoded = new float[vectors.Length];
            Assert.True(all.Decode(indices, decoded, stages).IsDone);
            Assert.Equal(Decode(few, first), decoded);
        }

        Assert.ThrowsAny<ArgumentException>(() => all.Prefix(0));
        Assert.ThrowsAny<ArgumentException>(() => all.Prefix(7));
        Assert.ThrowsAny<ArgumentException>(() => all.Decode(indices, new float[vectors.Length], 7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Workers_change_no_bit_and_calls_allocate_nothing(int width)
    {
        var quantizer = new ResidualQuantizer(width, ResidualQuantizer.StagesOf(Stages(3, 50, 33, 7)));
        float[] vectors = Gaussian(2500 * 33, 8);
        int[] expected = Encode(quantizer, vectors);
        foreach (int threads in (int[])[2, 3])
        {
            using var workers = new WorkerPool(threads);
            var indices = new int[expected.Length];
            Assert.True(quantizer.Encode(vectors, indices, workers: workers).IsDone);
            Assert.Equal(expected, indices);
        }

        var decoded = new float[vectors.Length];
        Assert.True(quantizer.Decode(expected, decoded).IsDone);
        Assert.Equal(0, Allocated.By(() =>
        {
            quantizer.Encode(vectors, expected);
            quantizer.Decode(expected, decoded);
        }));
    }

    [Fact]
    public void A_factorised_stage_searches_below_its_projection_and_adds_above_it()
    {
        // Down takes element 1 alone and doubles it; up writes to element 0.
        var stage = new ResidualStage(
            new PointwiseWeights(2, 1, [0, 2], []), new Codebook(1, [-1, 1, 3]), new PointwiseWeights(1, 2, [10, 0], [0, 0.5f]));
        var quantizer = new ResidualQuantizer(1, stage, stage);
        Assert.Equal([2, 1], Encode(quantizer, [0, 1.25f]));
        Assert.Equal([30f + 10, 1f], Decode(quantizer, [2, 1]));
        Assert.ThrowsAny<ArgumentException>(() => new ResidualQuantizer(2, stage));
        Assert.ThrowsAny<ArgumentException>(() => new ResidualStage(
            new PointwiseWeights(2, 2, [0, 2, 0, 0], []), new Codebook(1, [-1, 1, 3]), new PointwiseWeights(1, 2, [10, 0], [])));
    }

    [Fact]
    public void Input_that_cannot_be_encoded_or_decoded_is_told_with_its_position()
    {
        var quantizer = new ResidualQuantizer(Stages(2, 4, 3, 1));
        int[] indices = [5, 5, 5, 5];
        QuantizationResult result = quantizer.Encode([0, 0, 0, 0, float.NaN, 0], indices);
        Assert.Equal(new QuantizationResult(QuantizationStatus.NotFinite, 4), result);
        Assert.Equal([0, 0, 0, 0], indices);
        Assert.True(quantizer.Encode([0, 0, 0, 0, float.NaN, 0], indices, NonFinite.Map).IsDone);
        Assert.Equal(Encode(quantizer, new float[6]), indices);

        float[] vectors = [1, 1, 1, 1, 1, 1];
        Assert.Equal(new QuantizationResult(QuantizationStatus.InvalidIndex, 3), quantizer.Decode([0, 3, 1, 4], vectors));
        Assert.All(vectors, x => Assert.Equal(0, x));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Encode(new float[4], new int[2]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Encode(new float[3], new int[1]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Decode([0, 0], new float[6]));
        Assert.ThrowsAny<ArgumentException>(() => new ResidualQuantizer(ReadOnlySpan<Codebook>.Empty));
        Assert.ThrowsAny<ArgumentException>(() => new ResidualQuantizer(new Codebook(2, [1, 2]), new Codebook(1, [1])));
        Assert.ThrowsAny<ArgumentException>(() => new ResidualQuantizer(0, new ResidualStage(new Codebook(1, [1]))));
        Assert.True(quantizer.Encode([], []).IsDone);
    }

    [Fact]
    public void Rates_make_cheap_indices_win_and_a_beam_weighs_them_too()
    {
        var codebook = new Codebook(1, [0, 1, 2]);
        Codebook rated = codebook.WithRate([8, 1, 8], 0.1f);
        Assert.Equal([0, 1, 2, 0], Encode(new ResidualQuantizer(codebook), [0.1f, 1, 1.6f, -1]));
        Assert.Equal([1, 1, 1, 0], Encode(new ResidualQuantizer(rated), [0.2f, 1, 1.6f, -1]));
        var beam = new ResidualQuantizer(3, new ResidualStage(rated), new ResidualStage(new Codebook(1, [-1, 0, 1])));
        Assert.Equal([1, 1, 1, 2], Encode(beam, [1, 2]));
        Assert.ThrowsAny<ArgumentException>(() => codebook.WithRate([1, 2], 1));
        Assert.ThrowsAny<ArgumentException>(() => codebook.WithRate([1, 2, float.NaN], 1));
        Assert.ThrowsAny<ArgumentException>(() => codebook.WithRate([1, 2, 3], -1));
    }

    [Fact]
    public void Golden_indices_of_a_greedy_and_a_beam_encoding()
    {
        ResidualStage[] stages = ResidualQuantizer.StagesOf(Stages(3, 24, 6, 11));
        float[] vectors = Gaussian(4 * 6, 12);
        Assert.Equal("21 15 19 22 23 15 13 11 6 10 22 4", string.Join(' ', Encode(new ResidualQuantizer(1, stages), vectors)));
        Assert.Equal("15 22 6 22 23 15 18 1 12 10 22 4", string.Join(' ', Encode(new ResidualQuantizer(4, stages), vectors)));
    }

    /// <summary>The definition, by the letter.</summary>
    static int[] Plain(Codebook[] codebooks, float[] vectors)
    {
        int dimensions = codebooks[0].Dimensions;
        var indices = new List<int>();
        var codeword = new float[dimensions];
        foreach (float[] residual in vectors.Chunk(dimensions))
        {
            foreach (Codebook codebook in codebooks)
            {
                (int best, float greatest) = (0, float.NegativeInfinity);
                for (int code = 0; code < codebook.Count; code++)
                {
                    codebook.CopyCodeword(code, codeword);
                    float score = (float)(-0.5 * codeword.Sum(c => (double)c * c));
                    for (int i = 0; i < dimensions; i++)
                    {
                        score = MathF.FusedMultiplyAdd(residual[i], codeword[i], score);
                    }

                    (best, greatest) = score > greatest ? (code, score) : (best, greatest);
                }

                codebook.CopyCodeword(best, codeword);
                for (int i = 0; i < dimensions; i++)
                {
                    residual[i] -= codeword[i];
                }

                indices.Add(best);
            }
        }

        return [.. indices];
    }
}
