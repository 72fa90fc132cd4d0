using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/SignDequantize, on the dimensions of published codecs.</summary>
public class SignDequantizeBench : KernelBench<SignDequantize.Fn>
{
    readonly long[] indices = new long[Count];
    float[] vectors = [];

    const int Count = 4096;

    protected override KernelTable<SignDequantize.Fn> Table => SignDequantize.Table;

    [Params(10, 18, 36)]
    public int Dimensions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        vectors = Data.Uniform(Count * Dimensions, seed: 1);
        SignQuantize.Run(Dimensions, vectors, indices);
    }

    [Benchmark]
    public void Run() => Variant(Dimensions, 1, indices, vectors);
}
