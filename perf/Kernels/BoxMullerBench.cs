using BenchmarkDotNet.Attributes;
using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/BoxMuller, on what one call of the generator gives and on latents of 16 x 128 x 128.</summary>
public class BoxMullerBench : KernelBench<BoxMuller.Fn>
{
    uint[] words = [];
    float[] normals = [];

    protected override KernelTable<BoxMuller.Fn> Table => BoxMuller.Table;

    [Params(624, 262144)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        words = [.. MemoryMarshal.Cast<byte, uint>(Data.Bytes(Count * sizeof(uint), seed: 1))];
        normals = new float[Count];
    }

    [Benchmark]
    public void Run() => Variant(words, normals);
}
