using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Everything in the model that depends on the quality level, worked out once for all streams of a level.</summary>
/// <remarks>docs/format.md, sections 5.3 to 5.5 and 6.</remarks>
sealed class LevelParameters
{
    SynthesisParameters? synthesis;

    public LevelParameters(ImageModel model, QualityLevel level)
    {
        (Model, Level) = (model, level);
        LogGain = model.LogGain.At(level);
        Gain = Exponentials(LogGain, 1);
        Step = Exponentials(LogGain, -1);

        float[] hyperLogGain = model.HyperLogGain.At(level);
        HyperGain = Exponentials(hyperLogGain, 1);
        HyperStep = Exponentials(hyperLogGain, -1);
        HyperTables = Sequence.Of(hyperLogGain.Length, channel => ScaleTable(model.HyperLogScale[channel] + hyperLogGain[channel]));

        HyperSynthesisLayers hyper = model.HyperSynthesis;
        HyperUp = WithBias(hyper.Up, hyper.Quality.AddedTo(hyper.UpBias, level));
        ContextEnter = model.Contexts.Select(context => context.Enter?.WithBias(context.Quality!.AddedTo(context.EnterBias!, level)));
    }

    public ImageModel Model { get; }

    public QualityLevel Level { get; }

    public float[] LogGain { get; }

    public float[] Gain { get; }

    public float[] Step { get; }

    public float[] HyperGain { get; }

    public float[] HyperStep { get; }

    public byte[] HyperTables { get; }

    public Pointwise[] HyperUp { get; }

    public Pointwise?[] ContextEnter { get; }

    /// <summary>The decoder's part, worked out when it is first asked for: an encoder never does.</summary>
    public SynthesisParameters Synthesis => synthesis ??= new SynthesisParameters(Model.Synthesis, Level);

    /// <summary>Index of the scale table for a log-scale in units of the quantiser step.</summary>
    public static byte ScaleTable(float logScale)
    {
        const float slope = 8.126461f, offset = 17.937332f;
        float t = MathF.FusedMultiplyAdd(logScale, slope, offset);
        return t > 0 ? (byte)MathF.Round(MathF.Min(t, 63), MidpointRounding.ToEven) : (byte)0; // a NaN gives 0
    }

    static float[] Exponentials(float[] values, float sign) => values.Select(value => ExactMath.Exp(sign * value));

    /// <summary>What of the synthesis depends on the level.</summary>
    public sealed class SynthesisParameters(SynthesisLayers layers, QualityLevel level)
    {
        public float[] Low { get; } = layers.QualityLow.At(level);

        public Pointwise[] Up { get; } = WithBias(layers.Up, layers.QualityHigh.AddedTo(layers.UpBias, level));
    }

    static Pointwise[] WithBias(Pointwise[] halves, float[] bias) =>
        [halves[0].WithBias(bias.AsSpan(..(bias.Length / 2))), halves[1].WithBias(bias.AsSpan(bias.Length / 2))];
}
