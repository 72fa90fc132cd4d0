using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/PhiloxNormal, on latents of 4 x 64 x 64 and 16 x 128 x 128.</summary>
public class PhiloxNormalBench : KernelBench<PhiloxNormal.Fn>
{
    float[] normals = [];

    protected override KernelTable<PhiloxNormal.Fn> Table => PhiloxNormal.Table;

    [Params(16384, 262144)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => normals = new float[Count];

    [Benchmark]
    public void Run() => Variant(new NoiseStream(1), 0, normals);
}
