using FsCheck;
using FsCheck.Fluent;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Tests.Reference;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Networks;

public class LayerTests
{
    static readonly int[] ThreadCounts = [1, 2, 5];

    [Fact]
    public void A_block_gives_the_plain_ones_bits_at_any_shape_and_number_of_threads() => ForShapes((random, height, width) =>
    {
        var layers = new RandomLayers(random.Next());
        int channels = random.Next(1, 41);
        ResidualBlock block = layers.Block("block", channels, random.Next(1, 3));
        Map x = layers.Map(height, width, channels);
        Map expected = layers.Plain.Block("block", x);
        foreach (int threads in ThreadCounts)
        {
            using var pool = new WorkerPool(threads);
            using var scratch = new Scratch(threads);
            using FeatureMap actual = RandomLayers.Feature(x);
            block.Run(actual, scratch, pool);
            RandomLayers.AssertSame(expected, actual);
        }
    });

    [Fact]
    public void Unfolding_is_a_pointwise_layer_and_a_shuffle() => ForShapes((random, height, width) =>
    {
        var layers = new RandomLayers(random.Next());
        int channels = random.Next(1, 21);
        Map x = layers.Map(height, width, random.Next(1, 21));
        Pointwise[] halves = layers.Halves("up", x.Channels, channels);
        Map expected = PlainLayers.Shuffle(layers.Plain.Pointwise("up", x), 2);
        using var pool = new WorkerPool(2);
        using FeatureMap source = RandomLayers.Feature(x);
        using var actual = new FeatureMap();
        Shuffle.Unfold(halves, source, actual, PointwiseActivation.None, pool);
        RandomLayers.AssertSame(expected, actual);
        Shuffle.Unfold(halves, source, actual, PointwiseActivation.Leaky, pool);
        RandomLayers.AssertSame(PlainLayers.Activate(expected), actual);
    });

    [Fact]
    public void Folding_is_an_unshuffle_and_a_pointwise_layer() => ForShapes((random, height, width) =>
    {
        var layers = new RandomLayers(random.Next());
        Map x = layers.Map(2 * height, 2 * width, random.Next(1, 21));
        Pointwise layer = layers.Pointwise("down", 4 * x.Channels, random.Next(1, 41));
        using var pool = new WorkerPool(2);
        using var scratch = new Scratch(2);
        using FeatureMap source = RandomLayers.Feature(x);
        using var actual = new FeatureMap();
        Shuffle.Fold(layer, source, actual, scratch, pool);
        RandomLayers.AssertSame(layers.Plain.Pointwise("down", PlainLayers.Unshuffle(x, 2)), actual);
    });

    [Fact]
    public void A_pointwise_layer_reads_and_writes_positions_apart_and_takes_another_bias()
    {
        var layers = new RandomLayers(1);
        Map x = layers.Map(1, 9, 12);
        Pointwise layer = layers.Pointwise("layer", 12, 7);
        Map y = layers.Plain.Pointwise("layer", x);
        var actual = new float[5 * 10];
        layer.Run(x.Values, 24, actual, 10, 5);
        for (int position = 0; position < 5; position++)
        {
            Assert.Equal(y.Values.AsSpan(2 * position * 7, 7), actual.AsSpan(position * 10, 7));
            Assert.Equal(new float[3], actual.AsSpan(position * 10 + 7, 3));
        }

        float[] bias = layers.Values(7);
        var biased = new float[9 * 7];
        layer.WithBias(bias).Run(x.Values, biased, 9);
        Assert.Equal(PlainLayers.Pointwise(x, layers.Plain["layer.weight"], bias).Values, biased);
    }

    [Fact]
    public void Shuffle_undoes_unshuffle()
    {
        Map x = new RandomLayers(2).Map(16, 24, 3);
        Assert.Equal(x.Values, PlainLayers.Shuffle(PlainLayers.Unshuffle(x, 8), 8).Values);
    }

    [Fact]
    public void A_map_uses_its_memory_again_and_refuses_shapes_past_a_span()
    {
        using var map = new FeatureMap();
        Assert.Equal(0, map.Values.Length);
        map.Reshape(3, 4, 5);
        Assert.Equal((60, 20, 40), (map.Values.Length, map.Stride, map.Rows(1, 2).Length));
        map.Values.Fill(7);
        map.Reshape(2, 2, 2);
        Assert.Equal([7f, 7f, 7f, 7f], map.Row(1));
        map.Reshape(0, 4, 5);
        Assert.Equal(0, map.Values.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Reshape(1 << 16, 1 << 15, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Reshape(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Reshape(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Reshape(1, 1, -1));
    }

    /// <summary>Some twenty heights and widths, single rows and columns among them, and some wide enough for several bands.</summary>
    static void ForShapes(Action<Random, int, int> check) =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            int height = random.Next(1, 12), width = random.Next(4) == 0 ? random.Next(90, 120) : random.Next(1, 14);
            check(random, height, random.Next(8) == 0 ? 1 : width);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
}
