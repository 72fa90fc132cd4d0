using Lacuna.Kernels;
using Lacuna.Tensors;

namespace Lacuna.Networks;

/// <summary>Builds layers from a model file's tensors by their names.</summary>
/// <remarks>Tensors are widened in memory that is used again, so that packing a model leaves nothing behind for the collector.</remarks>
sealed class LayerReader(TensorFile file) : IDisposable
{
    readonly AlignedBuffer<float> matrix = new(0);
    readonly AlignedBuffer<float> chosen = new(0);
    readonly AlignedBuffer<float> bias = new(0);

    public float[] Vector(string name, int length) => file.Read(name, length);

    public float[] Table(string name, int rows, int channels) => file.Read(name, rows, channels);

    public Pointwise Pointwise(string name, int inputs, int outputs) =>
        new(inputs, outputs, Read(matrix, name + ".weight", outputs, inputs), Read(bias, name + ".bias", outputs));

    /// <summary>Some outputs of a pointwise layer: ranges of rows of its matrix, one behind the other.</summary>
    public Pointwise PointwiseRows(string name, int inputs, int outputs, params ReadOnlySpan<Range> rows)
    {
        ReadOnlySpan<float> weights = Read(matrix, name + ".weight", outputs, inputs);
        ReadOnlySpan<float> offsets = Read(bias, name + ".bias", outputs);
        chosen.Reserve(outputs * (inputs + 1));
        Span<float> chosenWeights = chosen.Span[..(outputs * inputs)], chosenBias = chosen.Span[(outputs * inputs)..];
        int taken = 0;
        foreach (Range range in rows)
        {
            (int first, int count) = range.GetOffsetAndLength(outputs);
            weights.Slice(first * inputs, count * inputs).CopyTo(chosenWeights[(taken * inputs)..]);
            offsets.Slice(first, count).CopyTo(chosenBias[taken..]);
            taken += count;
        }

        return new Pointwise(inputs, taken, chosenWeights[..(taken * inputs)], chosenBias[..taken]);
    }

    /// <summary>A pointwise layer in front of a shuffle by 2: its part for upper and its part for lower rows.</summary>
    public Pointwise[] Halves(string name, int inputs, int channels) =>
    [
        PointwiseRows(name, inputs, 4 * channels, ..(2 * channels)),
        PointwiseRows(name, inputs, 4 * channels, (2 * channels)..),
    ];

    public Depthwise Depthwise(string name, int channels) =>
        new(Read(matrix, name + ".weight", 9, channels), Read(bias, name + ".bias", channels));

    public ResidualBlock Block(string name, int channels, int expansion) => new(
        Pointwise(name + ".mix_in", channels, channels),
        Depthwise(name + ".depthwise", channels),
        Pointwise(name + ".mix_out", channels, channels),
        Pointwise(name + ".expand", channels, channels * expansion),
        Pointwise(name + ".reduce", channels * expansion, channels));

    public void Dispose()
    {
        matrix.Dispose();
        chosen.Dispose();
        bias.Dispose();
    }

    ReadOnlySpan<float> Read(AlignedBuffer<float> target, string name, params ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int side in shape)
        {
            count *= side;
        }

        target.Reserve(count);
        file.Read(name, target.Span[..count], shape);
        return target.Span[..count];
    }
}
