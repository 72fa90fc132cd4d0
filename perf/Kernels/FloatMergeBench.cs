using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/FloatMerge, on a chunk of a tensor.</summary>
public class FloatMergeBench : KernelBench<FloatMerge.Fn>
{
    byte[] planes = [], floats = [];

    protected override KernelTable<FloatMerge.Fn> Table => FloatMerge.Table;

    [Params(262_144)]
    public int Bytes { get; set; }

    [Params(2, 4)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        planes = Data.Bytes(Bytes, seed: 1);
        floats = new byte[Bytes];
    }

    [Benchmark]
    public void Run()
    {
        int count = Bytes / Width;
        ReadOnlySpan<byte> all = planes;
        Variant(
            Width == 2
                ? new FloatPlanes(all[..count], all[count..])
                : new FloatPlanes(all[..count], all.Slice(count, count), all.Slice(2 * count, count), all[(3 * count)..]),
            floats);
    }
}
