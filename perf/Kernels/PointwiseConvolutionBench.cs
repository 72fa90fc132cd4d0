using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/PointwiseConvolution, on the shapes of the image codec.</summary>
public class PointwiseConvolutionBench : KernelBench<PointwiseConvolution.Fn>
{
    float[] source = [], destination = [];
    PointwiseWeights? weights;
    PointwiseShape shape;

    protected override KernelTable<PointwiseConvolution.Fn> Table => PointwiseConvolution.Table;

    /// <summary>Pixels of a hyper-latent plane, of a tile, and of a 768 x 512 picture at 1/8.</summary>
    [Params(64, 1536, 6144)]
    public int Pixels { get; set; }

    /// <summary>Inputs and outputs.</summary>
    [ParamsSource(nameof(Sizes))]
    public (int Inputs, int Outputs) Size { get; set; }

    /// <summary>The layers of the codec's networks.</summary>
    public static IEnumerable<(int Inputs, int Outputs)> Sizes =>
    [
        (128, 128), (128, 256), (256, 128), (192, 192), (192, 512), (192, 384), (384, 192),
        (128, 192), (192, 128), (320, 128), (512, 192), (128, 512), (128, 96),
    ];

    [GlobalSetup]
    public void Setup()
    {
        source = Data.Uniform(Pixels * Size.Inputs, seed: 1);
        destination = new float[Pixels * Size.Outputs];
        weights = new PointwiseWeights(Size.Inputs, Size.Outputs, Data.Uniform(Size.Inputs * Size.Outputs, seed: 2), []);
        shape = new PointwiseShape(Pixels, Size.Inputs, Size.Outputs, 0, PointwiseActivation.Leaky);
    }

    [Benchmark]
    public void Run() => Variant(shape, source, weights!, [], destination);
}
