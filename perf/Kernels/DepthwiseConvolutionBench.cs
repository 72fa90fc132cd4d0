using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/DepthwiseConvolution, on a tile and on a 768 x 512 picture at 1/8.</summary>
public class DepthwiseConvolutionBench : KernelBench<DepthwiseConvolution.Fn>
{
    float[] source = [], destination = [];
    DepthwiseWeights? weights;
    DepthwiseShape shape;

    protected override KernelTable<DepthwiseConvolution.Fn> Table => DepthwiseConvolution.Table;

    /// <summary>Height and width.</summary>
    [ParamsSource(nameof(Sizes))]
    public (int Height, int Width) Size { get; set; }

    [Params(128, 256)]
    public int Channels { get; set; }

    public static IEnumerable<(int Height, int Width)> Sizes => [(8, 12), (32, 48), (64, 96)];

    [GlobalSetup]
    public void Setup()
    {
        int count = Size.Height * Size.Width * Channels;
        source = Data.Uniform(count, seed: 1);
        destination = new float[count];
        weights = new DepthwiseWeights(Channels, Data.Uniform(9 * Channels, seed: 2), Data.Uniform(Channels, seed: 3));
        shape = new DepthwiseShape(Size.Height, Size.Width);
    }

    [Benchmark]
    public void Run() => Variant(shape, source, weights!, destination);
}
