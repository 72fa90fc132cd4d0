using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/SignQuantize, on the dimensions of published codecs.</summary>
public class SignQuantizeBench : KernelBench<SignQuantize.Fn>
{
    readonly long[] indices = new long[Count];
    float[] vectors = [];

    const int Count = 4096;

    protected override KernelTable<SignQuantize.Fn> Table => SignQuantize.Table;

    [Params(10, 18, 36)]
    public int Dimensions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        vectors = Data.Uniform(Count * Dimensions, seed: 1);
        SignQuantize.Run(Dimensions, vectors, indices);
    }

    [Benchmark]
    public void Run() => Variant(Dimensions, vectors, indices);
}
