using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/GatherCodewords: decoding of residual codes.</summary>
public class GatherCodewordsBench : KernelBench<GatherCodewords.Fn>
{
    const int Vectors = 1024;
    const int Codes = 1024;

    float[] destination = [];
    int[] indices = [];
    CodeRows[] stages = [];

    protected override KernelTable<GatherCodewords.Fn> Table => GatherCodewords.Table;

    [Params(8, 128)]
    public int Dimensions { get; set; }

    [Params(1, 8)]
    public int Stages { get; set; }

    [Params(CodewordStorage.Single, CodewordStorage.BFloat16, CodewordStorage.Int8)]
    public CodewordStorage Storage { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        destination = new float[Vectors * Dimensions];
        indices = [.. Enumerable.Range(0, Vectors * Stages).Select(_ => random.Next(Codes))];
        stages = [.. Enumerable.Range(0, Stages).Select(seed => new CodeRows(Dimensions, Data.Uniform(Codes * Dimensions, seed), Storage))];
    }

    [Benchmark]
    public void Run() => Variant(new GatherShape(Vectors, Stages, Dimensions), indices, stages, destination);
}
