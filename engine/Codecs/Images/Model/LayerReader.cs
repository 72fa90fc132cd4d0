using Lacuna.Networks;
using Lacuna.Tensors;

namespace Lacuna.Codecs.Images.Model;

/// <summary>Builds layers from a model file's tensors by their names.</summary>
sealed class LayerReader(TensorFile file)
{
    public float[] Vector(string name, int length) => file.Read(name, length);

    public LevelTable Table(string name, int channels) => new(file.Read(name, ImageModel.LevelRows, channels));

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

    public Depthwise Depthwise(string name, int channels) =>
        new(file.Read(name + ".weight", 9, channels), file.Read(name + ".bias", channels));

    public ResidualBlock Block(string name, int channels, int expansion) => new(
        Pointwise(name + ".mix_in", channels, channels),
        Depthwise(name + ".depthwise", channels),
        Pointwise(name + ".mix_out", channels, channels),
        Pointwise(name + ".expand", channels, channels * expansion),
        Pointwise(name + ".reduce", channels * expansion, channels));
}
