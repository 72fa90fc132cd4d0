using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/FindGreater, on a row of scores where nothing is found.</summary>
public class FindGreaterBench : KernelBench<FindGreater.Fn>
{
    float[] scores = [];

    protected override KernelTable<FindGreater.Fn> Table => FindGreater.Table;

    /// <summary>Codewords.</summary>
    [Params(256, 1024, 16384)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => scores = Data.Uniform(Count, seed: 1);

    [Benchmark]
    public int Run() => Variant(scores, 0, 0, 2);
}
