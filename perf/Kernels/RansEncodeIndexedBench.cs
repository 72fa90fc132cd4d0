using BenchmarkDotNet.Attributes;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/RansEncodeIndexed: Gaussian symbols under the built-in tables.</summary>
public class RansEncodeIndexedBench : KernelBench<RansEncodeIndexed.Fn>
{
    RansSymbols symbols = RansSymbols.None;
    byte[] words = [];
    uint[] states = [];

    protected override KernelTable<RansEncodeIndexed.Fn> Table => RansEncodeIndexed.Table;

    [Params(65536)]
    public int Count { get; set; }

    [Params(1, 4, 64)]
    public int Lanes { get; set; }

    /// <summary>The tables in use: narrow ones of 0.9 bits a symbol, or all of them at 4.6.</summary>
    [Params(21, 64)]
    public int Tables { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        symbols = RansSymbols.Gaussian(Count, Tables);
        states = new uint[Lanes];
        words = new byte[Count * RansEncodeIndexed.MaxBytesPerSymbol];
    }

    [Benchmark]
    public void Run()
    {
        states.AsSpan().Fill(RansDecodeIndexed.LowerBound);
        Variant(TableSet.Gaussian.Encoding, symbols.Indices, symbols.Values, states, 0, words);
    }
}

/// <summary>Symbols for the rANS benchmarks.</summary>
sealed record RansSymbols(byte[] Indices, short[] Values)
{
    public static RansSymbols None { get; } = new([], []);

    /// <summary>Gaussian symbols, each under a table drawn evenly from the first <paramref name="tables"/>.</summary>
    public static RansSymbols Gaussian(int count, int tables)
    {
        var random = new Random(1);
        byte[] indices = new byte[count];
        short[] values = new short[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = (byte)random.Next(tables);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = (short)Math.Round(normal * GaussianTables.Deviation(indices[i]));
        }

        return new RansSymbols(indices, values);
    }
}
