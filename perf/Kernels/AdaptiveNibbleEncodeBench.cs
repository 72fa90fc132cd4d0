using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/AdaptiveNibbleEncode: bytes of some 4 bits in each of its three forms.</summary>
public class AdaptiveNibbleEncodeBench : KernelBench<AdaptiveNibbleEncode.Fn>
{
    AdaptiveNibbles nibbles = AdaptiveNibbles.None;

    public static IEnumerable<(int States, int Models)> Forms => AdaptiveNibbleDecodeBench.Forms;

    protected override KernelTable<AdaptiveNibbleEncode.Fn> Table => AdaptiveNibbleEncode.Table;

    [Params(1 << 18)]
    public int Count { get; set; }

    [ParamsSource(nameof(Forms))]
    public (int States, int Models) Form { get; set; }

    [GlobalSetup]
    public void Setup() => nibbles = new AdaptiveNibbles(Count, Form.States, Form.Models);

    [Benchmark]
    public void Run() => nibbles.Encode(Variant);
}

/// <summary>Bytes of a Gaussian of 3.9 steps, some 4 bits each, and what coding them takes.</summary>
sealed class AdaptiveNibbles
{
    readonly byte[] bytes, words, room;
    readonly uint[] intervals;
    readonly int models;

    public AdaptiveNibbles(int count, int states, int models)
    {
        var random = new Random(1);
        bytes = [.. Enumerable.Range(0, count).Select(_ => (byte)(128 + Math.Round(3.9 * Normal(random))))];
        words = new byte[AdaptiveNibbleEncode.MaxBytesPerByte * count];
        intervals = new uint[AdaptiveNibbleEncode.NibblesPerByte * count];
        room = GC.AllocateArray<byte>(NibbleModel.RoomBytes(models), pinned: true);
        States = new uint[states];
        this.models = models;
    }

    public static AdaptiveNibbles None { get; } = new(0, 1, 1);

    /// <summary>The encoder's states.</summary>
    public uint[] States { get; }

    public Span<NibbleModel> NewModels() => NibbleModel.Place(room, models);

    /// <summary>Encodes from the beginning.</summary>
    /// <returns>The words.</returns>
    public ReadOnlySpan<byte> Encode(AdaptiveNibbleEncode.Fn variant)
    {
        States.AsSpan().Fill(AdaptiveNibbleDecode.LowerBound);
        return words.AsSpan()[^variant(NewModels(), bytes, States, intervals, words)..];
    }

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
