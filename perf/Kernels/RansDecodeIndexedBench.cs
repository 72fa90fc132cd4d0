using BenchmarkDotNet.Attributes;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/RansDecodeIndexed: Gaussian symbols under the built-in tables.</summary>
public class RansDecodeIndexedBench : KernelBench<RansDecodeIndexed.Fn>
{
    RansSymbols symbols = RansSymbols.None;
    short[] decoded = [];
    byte[] words = [];
    uint[] first = [], states = [];

    protected override KernelTable<RansDecodeIndexed.Fn> Table => RansDecodeIndexed.Table;

    [Params(65536)]
    public int Count { get; set; }

    [Params(1, 4, 64, 256)]
    public int Lanes { get; set; }

    /// <summary>The bits of a symbol, by the choice of tables: most of them narrow, even up to a deviation of 25, or all.</summary>
    [Params(0.7, 2.6, 4.6)]
    public double Bits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        symbols = RansSymbols.Gaussian(Count, Bits);
        first = [.. Enumerable.Repeat(RansDecodeIndexed.LowerBound, Lanes)];
        states = new uint[Lanes];
        byte[] scratch = new byte[Count * RansEncodeIndexed.MaxBytesPerSymbol];
        int bytes = RansEncodeIndexed.Run(TableSet.Gaussian.Encoding, symbols.Indices, symbols.Values, first, 0, scratch);
        words = scratch[^bytes..];
        decoded = new short[Count];
    }

    [Benchmark]
    public void Run()
    {
        first.CopyTo(states, 0);
        Variant(TableSet.Gaussian.Decoding, symbols.Indices, states, 0, words, decoded);
    }
}
