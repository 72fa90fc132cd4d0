using BenchmarkDotNet.Attributes;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/RansDecodeStatic: Gaussian bytes under their own table.</summary>
public class RansDecodeStaticBench : KernelBench<RansDecodeStatic.Fn>
{
    readonly StaticTable table = new();
    byte[] decoded = [];
    byte[] words = [];
    uint[] first = [], states = [];

    protected override KernelTable<RansDecodeStatic.Fn> Table => RansDecodeStatic.Table;

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
        byte[] symbols = Data.GaussianBytes(Count, Bits);
        var counts = new uint[Histogram.Values];
        Histogram.Run(symbols, counts);
        table.Fit(counts);
        first = [.. Enumerable.Repeat(RansDecodeIndexed.LowerBound, Lanes)];
        states = new uint[Lanes];
        byte[] scratch = new byte[Count * RansEncodeStatic.MaxBytesPerSymbol];
        words = scratch[^RansEncodeStatic.Run(table.Encoding, table.Slots, symbols, first, 0, scratch)..];
        decoded = new byte[Count];
    }

    [Benchmark]
    public void Run()
    {
        first.CopyTo(states, 0);
        Variant(table.Decoding, states, 0, words, decoded);
    }
}
