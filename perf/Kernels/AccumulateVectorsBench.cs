using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/AccumulateVectors: the update of k-means.</summary>
public class AccumulateVectorsBench : KernelBench<AccumulateVectors.Fn>
{
    const int Vectors = 4096;

    float[] source = [];
    int[] codes = [];
    double[] sums = [];
    long[] counts = [];

    protected override KernelTable<AccumulateVectors.Fn> Table => AccumulateVectors.Table;

    [Params(8, 128)]
    public int Dimensions { get; set; }

    [Params(256, 1024)]
    public int Codes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        source = Data.Uniform(Vectors * Dimensions, seed: 1);
        codes = [.. Enumerable.Range(0, Vectors).Select(_ => random.Next(Codes))];
        sums = new double[Codes * Dimensions];
        counts = new long[Codes];
    }

    [Benchmark]
    public void Run() => Variant(Dimensions, Dimensions, source, codes, sums, counts);
}
