using Lacuna.Networks;
using Lacuna.Tests.Reference;

namespace Lacuna.Tests.Engine.Networks;

/// <summary>Layers with random weights, and maps with random values, for comparison with the plain ones.</summary>
sealed class RandomLayers(int seed)
{
    readonly Random random = new(seed);
    readonly Dictionary<string, float[]> tensors = [];

    public Weights Plain => new(tensors);

    public float[] Values(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(50) == 0 ? 0 : (float)(random.NextDouble() * 2 - 1))];

    public Pointwise Pointwise(string name, int inputs, int outputs)
    {
        float[] weight = tensors[name + ".weight"] = Values(outputs * inputs);
        return new Pointwise(inputs, outputs, weight, tensors[name + ".bias"] = Values(outputs));
    }

    /// <summary>A pointwise layer in front of a shuffle by 2, cut in its halves.</summary>
    public Pointwise[] Halves(string name, int inputs, int channels)
    {
        Pointwise(name, inputs, 4 * channels);
        (float[] weight, float[] bias) = (tensors[name + ".weight"], tensors[name + ".bias"]);
        return
        [
            new Pointwise(inputs, 2 * channels, weight.AsSpan(0, weight.Length / 2), bias.AsSpan(0, bias.Length / 2)),
            new Pointwise(inputs, 2 * channels, weight.AsSpan(weight.Length / 2), bias.AsSpan(bias.Length / 2)),
        ];
    }

    public Depthwise Depthwise(string name, int channels) =>
        new(tensors[name + ".weight"] = Values(9 * channels), tensors[name + ".bias"] = Values(channels));

    public ResidualBlock Block(string name, int channels, int expansion) => new(
        Pointwise(name + ".mix_in", channels, channels),
        Depthwise(name + ".depthwise", channels),
        Pointwise(name + ".mix_out", channels, channels),
        Pointwise(name + ".expand", channels, channels * expansion),
        Pointwise(name + ".reduce", channels * expansion, channels));

    public Map Map(int height, int width, int channels) => new(height, width, channels) { Values = Values(height * width * channels) };

    /// <summary>A copy as the engine holds it; the caller disposes it.</summary>
    public static FeatureMap Feature(Map map)
    {
        var copy = new FeatureMap();
        copy.Reshape(map.Height, map.Width, map.Channels);
        map.Values.CopyTo(copy.Values);
        return copy;
    }

    /// <summary>Fails unless shape and all bits agree.</summary>
    public static void AssertSame(Map expected, FeatureMap actual)
    {
        Assert.Equal((expected.Height, expected.Width, expected.Channels), (actual.Height, actual.Width, actual.Channels));
        Assert.Equal(Bits(expected.Values), Bits(actual.Values.ToArray()));

        static IEnumerable<uint> Bits(float[] values) => values.Select(BitConverter.SingleToUInt32Bits);
    }
}
