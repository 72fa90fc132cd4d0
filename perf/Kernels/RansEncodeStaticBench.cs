using BenchmarkDotNet.Attributes;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/RansEncodeStatic: Gaussian bytes under their own table.</summary>
public class RansEncodeStaticBench : KernelBench<RansEncodeStatic.Fn>
{
    readonly StaticTable table = new();
    byte[] symbols = [];
    byte[] words = [];
    uint[] states = [];

    protected override KernelTable<RansEncodeStatic.Fn> Table => RansEncodeStatic.Table;

    [Params(1 << 20)]
    public int Count { get; set; }

    [Params(32, 256)]
    public int Lanes { get; set; }

    /// <summary>Information of a byte.</summary>
    [Params(2, 4, 6)]
    public int Bits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        symbols = Data.GaussianBytes(Count, Bits);
        var counts = new uint[Histogram.Values];
        Histogram.Run(symbols, counts);
        table.Fit(counts);
        states = new uint[Lanes];
        words = new byte[Count * RansEncodeStatic.MaxBytesPerSymbol];
    }

    [Benchmark]
    public void Run()
    {
        states.AsSpan().Fill(RansDecodeIndexed.LowerBound);
        Variant(table.Encoding, table.Slots, symbols, states, 0, words);
    }
}
