using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/FloatSplit, on a chunk of a tensor.</summary>
public class FloatSplitBench : KernelBench<FloatSplit.Fn>
{
    byte[] floats = [], planes = [];

    protected override KernelTable<FloatSplit.Fn> Table => FloatSplit.Table;

    [Params(262_144)]
    public int Bytes { get; set; }

    [Params(2, 4)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        floats = Data.Bytes(Bytes, seed: 1);
        planes = new byte[Bytes];
    }

    [Benchmark]
    public void Run() => Variant(floats, Width, planes);
}
