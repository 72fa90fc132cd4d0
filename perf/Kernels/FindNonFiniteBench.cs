using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/FindNonFinite, on one vector and on a batch.</summary>
public class FindNonFiniteBench : KernelBench<FindNonFinite.Fn>
{
    float[] source = [];

    protected override KernelTable<FindNonFinite.Fn> Table => FindNonFinite.Table;

    [Params(128, 65536)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => source = Data.Uniform(Count, seed: 1);

    [Benchmark]
    public int Run() => Variant(source);
}
