using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/Crc32C, on a small packet and a large one.</summary>
public class Crc32CBench : KernelBench<Crc32C.Fn>
{
    byte[] bytes = [];

    protected override KernelTable<Crc32C.Fn> Table => Crc32C.Table;

    [Params(1024, 65536)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => bytes = Data.Bytes(Count, seed: 1);

    [Benchmark]
    public uint Run() => Variant(0, bytes);
}
