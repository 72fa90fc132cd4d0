using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/MersenneTwister: one call, 624 words.</summary>
public class MersenneTwisterBench : KernelBench<MersenneTwister.Fn>
{
    readonly uint[] state = new uint[2 * MersenneTwister.Count];
    readonly uint[] words = new uint[MersenneTwister.Count];

    protected override KernelTable<MersenneTwister.Fn> Table => MersenneTwister.Table;

    [GlobalSetup]
    public void Setup() => MersenneTwister.Seed(1, state);

    [Benchmark]
    public void Run() => Variant(state, words);
}
