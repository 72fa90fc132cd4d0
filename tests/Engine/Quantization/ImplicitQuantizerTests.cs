using FsCheck;
using FsCheck.Fluent;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Quantization;

using static QuantizationData;

public class ImplicitQuantizerTests
{
    [Fact]
    public void Decoded_vectors_of_any_grid_encode_to_their_indices_again() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            int[] levels = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(2, random.Next(3, 700)))];
            return Again(new FiniteScalarQuantizer(new FiniteScalarGrid(levels, FiniteScalarBound.Nearest)), random);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decoded_corners_encode_to_their_indices_again() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            int dimensions = random.Next(1, 63);
            return Again(SignQuantizer.LookupFree(dimensions, 0.5f), random) && Again(SignQuantizer.BinarySpherical(dimensions), random);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Indices_stay_within_the_codebook_whatever_the_vector() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            int[] levels = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(2, 100))];
            var quantizer = new FiniteScalarQuantizer(levels);
            var indices = new long[100];
            float[] vectors = Gaussian(100 * levels.Length, seed.Get, MathF.ScaleB(1, random.Next(-30, 100)));
            return quantizer.Encode(vectors, indices).IsDone && indices.All(index => index >= 0 && index < quantizer.CodewordsAt(0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_codebook_of_8_5_5_5_is_the_papers()
    {
        // vector-quantize-pytorch: FSQ(levels=[8, 5, 5, 5]).implicit_codebook[0], [1], [8] and [999].
        var quantizer = new FiniteScalarQuantizer(8, 5, 5, 5);
        var vectors = new float[16];
        Assert.Equal(1000, quantizer.CodewordsAt(0));
        Assert.True(quantizer.Decode([0, 1, 8, 999], vectors).IsDone);
        Assert.Equal([-1, -1, -1, -1, -0.75f, -1, -1, -1, -1, -0.5f, -1, -1, 0.75f, 1, 1, 1], vectors);
        var index = new long[1];
        Assert.True(quantizer.Encode([0, 0, 0, 0], index).IsDone);
        Assert.Equal(4 + 8 * (2 + 5 * (2 + 5 * 2)), index[0]);
    }

    [Fact]
    public void Golden_indices_of_every_implied_codebook()
    {
        float[] vectors = Gaussian(5 * 6, 21, 2);
        Assert.Equal("446 58879 40510 1144 12366", Text(new FiniteScalarQuantizer(8, 8, 8, 5, 5, 5), vectors));
        Assert.Equal("56 61 53 16 38", Text(SignQuantizer.LookupFree(6), vectors));
        Assert.Equal("56 61 53 16 38", Text(SignQuantizer.BinarySpherical(6), vectors));
        var decoded = new float[3];
        Assert.True(SignQuantizer.BinarySpherical(3).Decode([0b100], decoded).IsDone);
        Assert.Equal([0.57735026f, -0.57735026f, -0.57735026f], decoded);
    }

    [Fact]
    public void Codebooks_past_32_bits_need_no_memory()
    {
        var quantizer = new FiniteScalarQuantizer(65536, 65536, 65536, 32767);
        long[] indices = [0, quantizer.CodewordsAt(0) - 1, 123456789012345678];
        var vectors = new float[12];
        Assert.True(quantizer.Decode(indices, vectors).IsDone);
        var nearest = new FiniteScalarQuantizer(new FiniteScalarGrid([65536, 65536, 65536, 32767], FiniteScalarBound.Nearest));
        var again = new long[3];
        Assert.True(nearest.Encode(vectors, again).IsDone);
        Assert.Equal(indices, again);
    }

    [Fact]
    public void Input_that_cannot_be_encoded_or_decoded_is_told_with_its_position()
    {
        var quantizer = new FiniteScalarQuantizer(3, 3);
        long[] indices = [5, 5];
        QuantizationResult fault = quantizer.Encode([0, 0, 0, float.NegativeInfinity], indices);
        Assert.Equal(new QuantizationResult(QuantizationStatus.NotFinite, 3), fault);
        Assert.Equal([0, 0], indices);
        Assert.True(quantizer.Encode([0, 0, float.NaN, float.NegativeInfinity], indices, NonFinite.Map).IsDone);
        Assert.Equal([4, 1], indices);
        Assert.Equal(new QuantizationResult(QuantizationStatus.InvalidIndex, 1), quantizer.Decode([8, 9], new float[4]));
        Assert.Equal(new QuantizationResult(QuantizationStatus.InvalidIndex, 0), SignQuantizer.LookupFree(2).Decode([-1], new float[2]));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.Encode(new float[3], new long[1]));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantizer.LookupFree(0));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantizer.LookupFree(63));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantizer.LookupFree(8, 0));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantizer.BinarySpherical(0));
        Assert.ThrowsAny<ArgumentException>(() => quantizer.CodewordsAt(1));
    }

    [Fact]
    public void Workers_change_no_bit_and_calls_allocate_nothing()
    {
        var quantizer = new FiniteScalarQuantizer(8, 8, 8, 6, 5);
        float[] vectors = Gaussian(20_000 * 5, 8);
        long[] expected = new long[20_000], indices = new long[20_000];
        quantizer.Encode(vectors, expected);
        using var workers = new WorkerPool(3);
        quantizer.Encode(vectors, indices, workers: workers);
        Assert.Equal(expected, indices);
        quantizer.Decode(indices, vectors);
        Assert.Equal(0, Allocated.By(() =>
        {
            quantizer.Encode(vectors, indices);
            quantizer.Decode(indices, vectors);
        }));
    }

    static bool Again(BlockQuantizer<long> quantizer, System.Random random)
    {
        long[] indices = [.. Enumerable.Range(0, 70).Select(_ => random.NextInt64(quantizer.CodewordsAt(0)))];
        long[] again = new long[70];
        var vectors = new float[70 * quantizer.Dimensions];
        return quantizer.Decode(indices, vectors).IsDone && quantizer.Encode(vectors, again).IsDone && indices.SequenceEqual(again);
    }

    static string Text(BlockQuantizer<long> quantizer, float[] vectors)
    {
        var indices = new long[vectors.Length / quantizer.Dimensions];
        Assert.True(quantizer.Encode(vectors, indices).IsDone);
        return string.Join(' ', indices);
    }
}
