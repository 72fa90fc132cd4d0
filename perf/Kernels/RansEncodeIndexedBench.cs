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

    [Params(1, 4, 64, 256)]
    public int Lanes { get; set; }

    /// <summary>The bits of a symbol, by the choice of tables: most of them narrow, even up to a deviation of 25, or all.</summary>
    [Params(0.7, 2.6, 4.6)]
    public double Bits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        symbols = RansSymbols.Gaussian(Count, Bits);
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

    /// <summary>Gaussian symbols of 0.7, 2.6 or 4.6 bits on average.</summary>
    public static RansSymbols Gaussian(int count, double bits)
    {
        var random = new Random(1);
        byte[] indices = new byte[count];
        short[] values = new short[count];
        for (int i = 0; i < count; i++)
        {
            double uniform = random.NextDouble();
            indices[i] = (byte)(bits switch
            {
                < 1 => Math.Min(-Math.Log(1 - uniform) * 8, GaussianTables.Count - 1),
                < 4 => uniform * 42,
                _ => uniform * GaussianTables.Count,
            });
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = (short)Math.Round(normal * GaussianTables.Deviation(indices[i]));
        }

        return new RansSymbols(indices, values);
    }
}
