using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/Histogram: Gaussian bytes, and bytes that are all the same.</summary>
public class HistogramBench : KernelBench<Histogram.Fn>
{
    readonly uint[] counts = new uint[Histogram.Values];
    byte[] bytes = [];

    protected override KernelTable<Histogram.Fn> Table => Histogram.Table;

    [Params(1 << 20)]
    public int Count { get; set; }

    /// <summary>Information of a byte.</summary>
    [Params(0, 4)]
    public int Bits { get; set; }

    [GlobalSetup]
    public void Setup() => bytes = Bits == 0 ? new byte[Count] : Data.GaussianBytes(Count, Bits);

    [Benchmark]
    public void Run() => Variant(bytes, counts);
}
