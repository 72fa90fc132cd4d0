using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Quantization;
using Lacuna.Quantization.Training;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Quantization;

using static QuantizationData;

public class TrainingTests
{
    [Fact]
    public void Clusters_that_lie_apart_are_found()
    {
        float[] centres = [.. Enumerable.Range(0, 12).SelectMany(i => new[] { 10f * (i % 4), 10f * (i / 4) })];
        float[] noise = Gaussian(12 * 50 * 2, 1, 0.1f);
        float[] vectors = [.. noise.Select((x, i) => x + centres[i / 2 % 12 * 2 + i % 2])];
        TrainedCodebook trained = Flat(2, vectors, 12);
        Assert.All(trained.Counts, count => Assert.Equal(50, count));
        Assert.True(trained.MeanError < 0.1);
        float[] found = Codewords(trained.Codebook);
        Assert.All(centres.Chunk(2), c => Assert.Contains(found.Chunk(2), f => SquaredError(c, f) < 0.01));
        Assert.Equal(Math.Log2(12), trained.Entropy, 1e-5);
    }

    [Fact]
    public void More_iterations_never_raise_the_error() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            float[] vectors = Gaussian(400 * 3, seed.Get);
            double[] errors = [.. new[] { 0, 1, 2, 5, 30 }.Select(
                n => Flat(3, vectors, 10, new TrainingOptions { Iterations = n, Seed = (ulong)seed.Get }).MeanError)];
            return errors.Zip(errors.Skip(1)).All(pair => pair.Second <= pair.First * 1.0001);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0f, CodeMetric.Euclidean)]
    [InlineData(64, 0f, CodeMetric.Euclidean)]
    [InlineData(0, 0.02f, CodeMetric.Euclidean)]
    [InlineData(64, 0.02f, CodeMetric.Euclidean)]
    [InlineData(0, 0f, CodeMetric.Cosine)]
    public void The_seed_alone_decides_the_codebook_whatever_the_workers(int batch, float lambda, CodeMetric metric)
    {
        var options = new TrainingOptions { Seed = 5, Iterations = 20, BatchVectors = batch, Lambda = lambda, Metric = metric };
        float[] vectors = Gaussian(3000 * 9, 3);
        float[] alone = Codewords(Flat(9, vectors, 40, options).Codebook);
        using var workers = new WorkerPool(3);
        Assert.Equal(alone, Codewords(Flat(9, vectors, 40, options, workers).Codebook));
        Assert.NotEqual(alone, Codewords(Flat(9, vectors, 40, options with { Seed = 6 }).Codebook));
    }

    [Fact]
    public void Codewords_that_serve_nobody_start_anew()
    {
        // Most vectors are equal, so that most first codewords are: all but one of those serve nobody.
        float[] vectors = [.. Enumerable.Range(0, 400).Select(i => i < 300 ? 1f : i)];
        TrainedCodebook trained = Flat(1, vectors, 60, new TrainingOptions { Iterations = 40 });
        Assert.DoesNotContain(0, trained.Counts);
    }

    [Fact]
    public void Mini_batches_come_near_to_what_all_vectors_give()
    {
        float[] vectors = Gaussian(20_000 * 4, 8);
        double all = Flat(4, vectors, 64).MeanError;
        double batches = Flat(4, vectors, 64, new TrainingOptions { BatchVectors = 512, Iterations = 150 }).MeanError;
        Assert.InRange(batches, 0.95 * all, 1.1 * all);
    }

    [Fact]
    public void A_dearer_bit_gives_fewer_bits_and_a_better_trade_than_none()
    {
        float[] vectors = Gaussian(6000 * 2, 4);
        TrainedCodebook free = Flat(2, vectors, 64), dear = Flat(2, vectors, 64, new TrainingOptions { Lambda = 0.2f });
        Assert.True(dear.Entropy < free.Entropy - 1);
        double freeCost = free.MeanError + 0.2 * free.Entropy;
        Assert.True(dear.MeanError < freeCost, $"{dear.MeanError} against {freeCost}");
    }

    [Fact]
    public void Every_stage_of_a_residual_lowers_the_error_and_so_does_every_group_of_a_product()
    {
        float[] vectors = Gaussian(2000 * 8, 2);
        Assert.True(CodebookTraining.Residual(8, vectors, 4, 16, out TrainedCodebook[] stages).IsDone);
        Assert.Equal(stages.Select(stage => stage.MeanError).OrderDescending(), stages.Select(stage => stage.MeanError));
        var residual = new ResidualQuantizer([.. stages.Select(stage => stage.Codebook)]);
        double error = SquaredError(vectors, Decode(residual, Encode(residual, vectors))) / 2000;
        Assert.Equal(stages[3].MeanError, error, 1e-4 * error);

        Assert.True(CodebookTraining.Product(8, vectors, 4, 16, out TrainedCodebook[] groups).IsDone);
        var product = new ProductQuantizer([.. groups.Select(group => group.Codebook)]);
        error = SquaredError(vectors, Decode(product, Encode(product, vectors))) / 2000;
        Assert.Equal(groups.Sum(group => group.MeanError), error, 1e-4 * error);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused()
    {
        Assert.Equal(
            new QuantizationResult(QuantizationStatus.NotFinite, 3),
            CodebookTraining.Flat(2, [0, 0, 0, float.NaN], 1, out TrainedCodebook? none));
        Assert.Null(none);
        Assert.ThrowsAny<ArgumentException>(() => Flat(0, [1], 1));
        Assert.ThrowsAny<ArgumentException>(() => Flat(1, [1], 0));
        Assert.ThrowsAny<ArgumentException>(() => Flat(1, [1], 2));
        Assert.ThrowsAny<ArgumentException>(() => Flat(2, [1, 2, 3], 1));
        Assert.ThrowsAny<ArgumentException>(() => Flat(1, [], 1));
        Assert.ThrowsAny<ArgumentException>(() => Flat(1, [1], 1, new TrainingOptions { Lambda = float.NaN }));
        Assert.ThrowsAny<ArgumentException>(() => Flat(1, [1], 1, new TrainingOptions { Metric = CodeMetric.InnerProduct }));
        Assert.ThrowsAny<ArgumentException>(() => CodebookTraining.Product(3, [1, 2, 3], 2, 1, out _));
        Assert.ThrowsAny<ArgumentException>(() => CodebookTraining.Residual(3, [1, 2, 3], 0, 1, out _));
        Assert.Equal([7f], Codewords(Flat(1, [7], 1).Codebook));
    }

    [Fact]
    public void Golden_codewords()
    {
        float[] trained = Codewords(Flat(1, Gaussian(200, 77), 4, new TrainingOptions { Seed = 1, Iterations = 3 }).Codebook);
        Assert.Equal("8DAFADBF650AB7BE2AA9F73E07C9BD3F", Convert.ToHexString(MemoryMarshal.AsBytes(trained.AsSpan())));
    }

    [Fact]
    public void Random_numbers_have_their_places()
    {
        // SplitMix64 of seed 0 begins so; a stream's start is another seed.
        var random = new CounterRandom(3, 2);
        Assert.Equal(random.Bits(4), new CounterRandom(3, 2).Bits(4));
        Assert.NotEqual(random.Bits(4), new CounterRandom(3, 1).Bits(4));
        Assert.NotEqual(random.Bits(4), new CounterRandom(4, 2).Bits(4));
        double[] units = [.. Enumerable.Range(0, 10_000).Select(i => random.Unit(i))];
        Assert.All(units, unit => Assert.InRange(unit, 0, 1 - 1e-16));
        Assert.Equal(0.5, units.Average(), 0.02);
        Assert.Equal(7, Enumerable.Range(0, 1000).Select(i => random.Below(i, 7)).Distinct().Count());
    }

    static TrainedCodebook Flat(
        int dimensions, float[] vectors, int codewords, TrainingOptions? options = null, WorkerPool? workers = null)
    {
        Assert.True(CodebookTraining.Flat(dimensions, vectors, codewords, out TrainedCodebook? trained, options, workers).IsDone);
        return trained!;
    }

    static float[] Codewords(Codebook codebook)
    {
        var codewords = new float[codebook.Count * codebook.Dimensions];
        for (int code = 0; code < codebook.Count; code++)
        {
            codebook.CopyCodeword(code, codewords.AsSpan(code * codebook.Dimensions, codebook.Dimensions));
        }

        return codewords;
    }
}
