namespace Lacuna.Perf.Kernels;

/// <summary>What benchmarks feed to kernels.</summary>
static class Data
{
    /// <summary>Uniform between -1 and 1: no denormals, no overflow after some hundred products.</summary>
    public static float[] Uniform(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }

    public static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Rounded zero-mean Gaussians whose information is some <paramref name="bits"/> bits a byte.</summary>
    public static byte[] GaussianBytes(int count, double bits)
    {
        var random = new Random(1);
        double deviation = Math.Pow(2, bits) / Math.Sqrt(2 * Math.PI * Math.E);
        byte[] bytes = new byte[count];
        foreach (ref byte value in bytes.AsSpan())
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            value = (byte)(sbyte)Math.Clamp(Math.Round(normal * deviation), -128, 127);
        }

        return bytes;
    }
}
