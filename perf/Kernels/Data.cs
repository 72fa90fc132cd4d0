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
}
