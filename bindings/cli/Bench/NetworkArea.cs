using Lacuna.Kernels;

namespace Lacuna.Cli.Bench;

/// <summary>The network's convolutions on the image codec's own shapes, one thread.</summary>
sealed class NetworkArea : IBenchArea
{
    const int Pixels = 96 * 8;
    const int Side = 64;

    /// <summary>Inputs and outputs of the codec's pointwise layers.</summary>
    static readonly (int Inputs, int Outputs)[] PointwiseShapes =
        [(128, 128), (128, 256), (256, 128), (192, 192), (192, 256), (320, 128), (512, 192), (128, 192), (128, 96)];

    public string Name => "network";

    public string Description => "pointwise and depthwise convolutions on the image codec's shapes";

    public IReadOnlyList<BenchCase> Prepare(int processors) =>
        [.. PointwiseShapes.Select(shape => Pointwise(shape.Inputs, shape.Outputs)), Depthwise(128), Depthwise(192)];

    static BenchCase Pointwise(int inputs, int outputs)
    {
        var weights = new PointwiseWeights(inputs, outputs, Values(inputs * outputs), Values(outputs));
        float[] source = Values(Pixels * inputs);
        var destination = new float[Pixels * outputs];
        var shape = new PointwiseShape(Pixels, inputs, outputs, Activation: PointwiseActivation.Leaky);
        return GigaFlops(
            $"network/pointwise-{inputs}x{outputs}", 2.0 * Pixels * inputs * outputs,
            () => PointwiseConvolution.Run(shape, source, weights, [], destination));
    }

    static BenchCase Depthwise(int channels)
    {
        var weights = new DepthwiseWeights(channels, Values(9 * channels), Values(channels));
        float[] source = Values(Side * Side * channels);
        var destination = new float[Side * Side * channels];
        var shape = new DepthwiseShape(Side, Side);
        return GigaFlops(
            $"network/depthwise-{channels}", 18.0 * Side * Side * channels,
            () => DepthwiseConvolution.Run(shape, source, weights, destination));
    }

    static BenchCase GigaFlops(string name, double operations, Action body) =>
        new(name, 1, "GFLOP/s", body, seconds => operations / seconds / 1e9);

    static float[] Values(int count)
    {
        var random = new Random(1);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return values;
    }
}
