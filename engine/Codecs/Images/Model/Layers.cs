using Lacuna.Networks;
using static Lacuna.Codecs.Images.Model.ImageModel;

namespace Lacuna.Codecs.Images.Model;

/// <summary>From pixels to latents (the encoder's part).</summary>
sealed class AnalysisLayers(LayerReader layers)
{
    public Pointwise Enter { get; } = layers.Pointwise("analysis.enter", UnshuffledPixel, Width);

    public ResidualBlock[] High { get; } = Sequence.Of(3, i => layers.Block($"analysis.high.{i}", Width, 2));

    public Pointwise Down { get; } = layers.Pointwise("analysis.down", 4 * Width, Latents);

    public ResidualBlock Low { get; } = layers.Block("analysis.low", Latents, 1);
}

/// <summary>From latents to pixels. The halves of <c>up</c> make the upper and the lower row of each 2x2 square.</summary>
sealed class SynthesisLayers(LayerReader layers)
{
    public LevelTable QualityLow { get; } = LevelTable.Read(layers, "synthesis.quality_low", Latents);

    public ResidualBlock Low { get; } = layers.Block("synthesis.low", Latents, 1);

    public Pointwise[] Up { get; } = layers.Halves("synthesis.up", Latents, Width);

    public float[] UpBias { get; } = layers.Vector("synthesis.up.bias", 4 * Width);

    public LevelTable QualityHigh { get; } = LevelTable.Read(layers, "synthesis.quality_high", Width);

    public ResidualBlock[] High { get; } = Sequence.Of(3, i => layers.Block($"synthesis.high.{i}", Width, 2));

    public Pointwise Leave { get; } = layers.Pointwise("synthesis.leave", Width, UnshuffledPixel);
}

/// <summary>From latents to hyper-latents (the encoder's part).</summary>
sealed class HyperAnalysisLayers(LayerReader layers)
{
    public Pointwise Enter { get; } = layers.Pointwise("hyper_analysis.enter", Latents, Features);

    public Depthwise Depthwise { get; } = layers.Depthwise("hyper_analysis.depthwise", Features);

    public Pointwise Down { get; } = layers.Pointwise("hyper_analysis.down", 4 * Features, Features);

    public ResidualBlock Block { get; } = layers.Block("hyper_analysis.block", Features, 1);

    public Pointwise Leave { get; } = layers.Pointwise("hyper_analysis.leave", 4 * Features, HyperLatents);
}

/// <summary>From hyper-latents to the features that every context reads.</summary>
sealed class HyperSynthesisLayers(LayerReader layers)
{
    public Pointwise[] Enter { get; } = layers.Halves("hyper_synthesis.enter", HyperLatents, Features);

    public ResidualBlock Block { get; } = layers.Block("hyper_synthesis.block", Features, 1);

    public Pointwise[] Up { get; } = layers.Halves("hyper_synthesis.up", Features, Features);

    public float[] UpBias { get; } = layers.Vector("hyper_synthesis.up.bias", 4 * Features);

    public LevelTable Quality { get; } = LevelTable.Read(layers, "hyper_synthesis.quality", Features);

    public ResidualBlock Leave { get; } = layers.Block("hyper_synthesis.leave", Features, 1);
}

/// <summary>Means and log-scales of one pass. Pass 0 reads the features alone and has only <see cref="Leave"/>.</summary>
sealed class ContextLayers
{
    public static ContextLayers[] All(LayerReader layers) =>
        Sequence.Of(Groups, pass => new ContextLayers(layers, pass));

    ContextLayers(LayerReader layers, int pass)
    {
        string name = $"context.{pass}";
        if (pass > 0)
        {
            Enter = layers.Pointwise(name + ".enter", Features + Latents, Features);
            EnterBias = layers.Vector(name + ".enter.bias", Features);
            Quality = LevelTable.Read(layers, name + ".quality", Features);
            Depthwise = layers.Depthwise(name + ".depthwise", Features);
            Mix = layers.Pointwise(name + ".mix", Features, Features);
        }

        Leave = Sequence.Of(Groups, group => layers.PointwiseRows(
            name + ".leave", Features, 2 * Latents,
            (group * GroupSize)..((group + 1) * GroupSize),
            (Latents + group * GroupSize)..(Latents + (group + 1) * GroupSize)));
    }

    public Pointwise? Enter { get; }

    public float[]? EnterBias { get; }

    public LevelTable? Quality { get; }

    public Depthwise? Depthwise { get; }

    public Pointwise? Mix { get; }

    /// <summary>One a group of channels: its 48 means, then its 48 log-scales.</summary>
    public Pointwise[] Leave { get; }
}
