using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/AdaptiveNibbleDecode: bytes of some 4 bits in each of its three forms.</summary>
public class AdaptiveNibbleDecodeBench : KernelBench<AdaptiveNibbleDecode.Fn>
{
    AdaptiveNibbles nibbles = AdaptiveNibbles.None;
    uint[] first = [], states = [];
    byte[] words = [], decoded = [];

    public static IEnumerable<(int States, int Models)> Forms => [(1, 1), (32, 1), (32, 8)];

    protected override KernelTable<AdaptiveNibbleDecode.Fn> Table => AdaptiveNibbleDecode.Table;

    [Params(1 << 18)]
    public int Count { get; set; }

    [ParamsSource(nameof(Forms))]
    public (int States, int Models) Form { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        nibbles = new AdaptiveNibbles(Count, Form.States, Form.Models);
        words = nibbles.Encode(AdaptiveNibbleEncode.Run).ToArray();
        first = [.. nibbles.States];
        states = new uint[first.Length];
        decoded = new byte[Count];
    }

    [Benchmark]
    public void Run()
    {
        first.CopyTo(states, 0);
        Variant(nibbles.NewModels(), states, words, decoded);
    }
}
