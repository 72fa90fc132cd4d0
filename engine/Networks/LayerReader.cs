using Lacuna.Tensors;

namespace Lacuna.Networks;

/// <summary>Builds layers from a model file's tensors by their names.</summary>
sealed class LayerReader(TensorFile file)
{
    public float[] Vector(string name, int length) => file.Read(name, length);

    public float[] Table(string name, int rows, int channels) => file.Read(name, rows, channels);

    public Pointwise Pointwise(string name, int inputs, int outputs) =>
        new(inputs, outputs, file.Read(name + ".weight", outputs, inputs), file.Read(name + ".bias", outputs));

    /// <summary>Some outputs of a pointwise layer: ranges of rows of its matrix, one behind the other.</summary>
    public Pointwise PointwiseRows(string name, int inputs, int outputs, params ReadOnlySpan<Range> rows)
    {
        float[] matrix = file.Read(name + ".weight", outputs, inputs);
        float[] bias = file.Read(name + ".bias", outputs);
        var chosenMatrix = new List<float>();
        var chosenBias = new List<float>();
        foreach (Range range in rows)
        {
            (int first, int count) = range.GetOffsetAndLength(outputs);
            chosenMatrix.AddRange(matrix.AsSpan(first * inputs, count * inputs));
            chosenBias.AddRange(bias.AsSpan(first, count));
        }

        return new Pointwise(inputs, chosenBias.Count, chosenMatrix.ToArray(), chosenBias.ToArray());
    }

    /// <summary>A pointwise layer in front of a shuffle by 2: its part for upper and its part for lower rows.</summary>
    public Pointwise[] Halves(string name, int inputs, int channels) =>
    [
        PointwiseRows(name, inputs, 4 * channels, ..(2 * channels)),
        PointwiseRows(name, inputs, 4 * channels, (2 * channels)..),
    ];

    public Depthwise Depthwise(string name, int channels) =>
        new(file.Read(name + ".weight", 9, channels), file.Read(name + ".bias", channels));

    public ResidualBlock Block(string name, int channels, int expansion) => new(
        Pointwise(name + ".mix_in", channels, channels),
        Depthwise(name + ".depthwise", channels),
        Pointwise(name + ".mix_out", channels, channels),
        Pointwise(name + ".expand", channels, channels * expansion),
        Pointwise(name + ".reduce", channels * expansion, channels));
}
