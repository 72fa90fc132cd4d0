using Lacuna.Quantization;

namespace Lacuna.Tests.Engine.Quantization;

/// <summary>Vectors and codebooks that tests share.</summary>
static class QuantizationData
{
    /// <summary>Near enough to normal deviates, the same for a seed on every machine.</summary>
    public static float[] Gaussian(int count, int seed, float scale = 1)
    {
        var random = new Random(seed);
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = scale * 1.7f * (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2);
        }

        return values;
    }

    /// <summary>Multiples of a quarter, so that ties and equal codewords are many.</summary>
    public static float[] Coarse(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-4, 5) * 0.25f)];
    }

    /// <summary>Stages whose codewords shrink.</summary>
    public static Codebook[] Stages(int stages, int count, int dimensions, int seed) =>
        [.. Enumerable.Range(0, stages).Select(k => new Codebook(dimensions, Gaussian(count * dimensions, seed + k, MathF.ScaleB(1, -k))))];

    public static int[] Encode(IVectorQuantizer<int> quantizer, ReadOnlySpan<float> vectors)
    {
        var indices = new int[vectors.Length / quantizer.Dimensions * quantizer.IndicesPerVector];
        Assert.Equal(QuantizationResult.Done, quantizer.Encode(vectors, indices));
        return indices;
    }

    public static float[] Decode(IVectorQuantizer<int> quantizer, ReadOnlySpan<int> indices)
    {
        var vectors = new float[indices.Length / quantizer.IndicesPerVector * quantizer.Dimensions];
        Assert.Equal(QuantizationResult.Done, quantizer.Decode(indices, vectors));
        return vectors;
    }

    public static double SquaredError(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        return sum;
    }
}
