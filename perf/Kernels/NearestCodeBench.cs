using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/NearestCode: Euclidean search on the shapes of audio and image codecs.</summary>
public class NearestCodeBench : KernelBench<NearestCode.Fn>
{
    float[] source = [];
    int[] indices = [];
    CodePanels? codewords;

    protected override KernelTable<NearestCode.Fn> Table => NearestCode.Table;

    /// <summary>One vector of a stream, or a batch.</summary>
    [Params(1, 1536)]
    public int Vectors { get; set; }

    /// <summary>Dimensions and codewords.</summary>
    [ParamsSource(nameof(Sizes))]
    public (int Dimensions, int Codewords) Size { get; set; }

    public static IEnumerable<(int Dimensions, int Codewords)> Sizes => [(8, 256), (8, 1024), (64, 1024), (128, 1024), (256, 1024)];

    [GlobalSetup]
    public void Setup()
    {
        source = Data.Uniform(Vectors * Size.Dimensions, seed: 1);
        indices = new int[Vectors];
        float[] codes = Data.Uniform(Size.Codewords * Size.Dimensions, seed: 2);
        float[] bias = [.. codes.Chunk(Size.Dimensions).Select(code => -0.5f * code.Sum(c => c * c))];
        codewords = new CodePanels(Size.Dimensions, codes, bias);
    }

    [Benchmark]
    public void Run() => Variant(new NearestCodeShape(Vectors, Size.Dimensions), source, codewords!, indices, []);
}
