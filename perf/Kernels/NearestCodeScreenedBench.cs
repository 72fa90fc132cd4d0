using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/NearestCodeScreened: Euclidean search among many codewords.</summary>
public class NearestCodeScreenedBench : KernelBench<NearestCodeScreened.Fn>
{
    float[] source = [];
    int[] indices = [];
    CodeScreen? codewords;

    protected override KernelTable<NearestCodeScreened.Fn> Table => NearestCodeScreened.Table;

    [Params(192)]
    public int Vectors { get; set; }

    /// <summary>Dimensions and codewords.</summary>
    [ParamsSource(nameof(Sizes))]
    public (int Dimensions, int Codewords) Size { get; set; }

    public static IEnumerable<(int Dimensions, int Codewords)> Sizes => [(64, 4096), (128, 4096), (128, 16384), (256, 16384)];

    [GlobalSetup]
    public void Setup()
    {
        source = Data.Uniform(Vectors * Size.Dimensions, seed: 1);
        indices = new int[Vectors];
        float[] codes = Data.Uniform(Size.Codewords * Size.Dimensions, seed: 2);
        float[] bias = [.. codes.Chunk(Size.Dimensions).Select(code => -0.5f * code.Sum(c => c * c))];
        codewords = new CodeScreen(new CodePanels(Size.Dimensions, codes, bias));
    }

    [Benchmark]
    public void Run() => Variant(new NearestCodeShape(Vectors, Size.Dimensions), source, codewords!, indices, []);
}
