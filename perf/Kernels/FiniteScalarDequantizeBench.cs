using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/FiniteScalarDequantize, on the grids of published codecs.</summary>
public class FiniteScalarDequantizeBench : KernelBench<FiniteScalarDequantize.Fn>
{
    readonly long[] indices = new long[Count];
    float[] vectors = [];
    FiniteScalarGrid? grid;

    const int Count = 4096;

    protected override KernelTable<FiniteScalarDequantize.Fn> Table => FiniteScalarDequantize.Table;

    /// <summary>GridLevels: 1000, 15,360 and 64,000 codewords.</summary>
    [Params("8,5,5,5", "8,8,8,6,5", "8,8,8,5,5,5")]
    public string GridLevels { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        grid = new FiniteScalarGrid([.. GridLevels.Split(',').Select(int.Parse)]);
        vectors = Data.Uniform(Count * grid.Dimensions, seed: 1);
        FiniteScalarQuantize.Run(grid, vectors, indices);
    }

    [Benchmark]
    public void Run() => Variant(grid!, indices, vectors);
}
