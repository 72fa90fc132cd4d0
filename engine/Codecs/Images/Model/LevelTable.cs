using Lacuna.Networks;

namespace Lacuna.Codecs.Images.Model;

/// <summary>A vector a channel at whole quality levels; linear between them.</summary>
/// <remarks>docs/format.md, section 5.1, "At a level".</remarks>
/// <param name="rows">[<see cref="ImageModel.LevelRows"/>, channels].</param>
sealed class LevelTable(float[] rows)
{
    public static LevelTable Read(LayerReader layers, string name, int channels) =>
        new(layers.Table(name, ImageModel.LevelRows, channels));

    public int Channels { get; } = rows.Length / ImageModel.LevelRows;

    /// <summary>The vector at a level, [channels].</summary>
    public float[] At(QualityLevel level)
    {
        int row = Math.Min(level.Steps / QualityLevel.StepsPerLevel, ImageModel.LevelRows - 2);
        float share = (level.Steps - row * QualityLevel.StepsPerLevel) / (float)QualityLevel.StepsPerLevel; // exact: a multiple of 1/256
        ReadOnlySpan<float> low = rows.AsSpan(row * Channels, Channels);
        ReadOnlySpan<float> high = rows.AsSpan((row + 1) * Channels, Channels);
        var values = new float[Channels];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = MathF.FusedMultiplyAdd(share, high[i] - low[i], low[i]);
        }

        return values;
    }

    /// <summary>
    /// A bias of <paramref name="bias"/>.Length outputs with the vector at a level added, repeated as often as it fits.
    /// </summary>
    public float[] AddedTo(ReadOnlySpan<float> bias, QualityLevel level)
    {
        float[] addend = At(level);
        var sum = new float[bias.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = bias[i] + addend[i % addend.Length];
        }

        return sum;
    }
}
