using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Everything in the model that depends on the quality level, worked out once a stream.</summary>
/// <remarks>docs/format.md, sections 5.3 to 5.5 and 6.</remarks>
sealed class LevelParameters
{
    public LevelParameters(ImageModel model, QualityLevel level)
    {
        (Model, Level) = (model, level);
        LogGain = model.LogGain.At(level);
        Gain = Exponentials(LogGain, 1);
        Step = Exponentials(LogGain, -1);

        float[] hyperLogGain = model.HyperLogGain.At(level);
        HyperGain = Exponentials(hyperLogGain, 1);
        HyperStep = Exponentials(hyperLogGain, -1);
        HyperTables = [.. hyperLogGain.Select((gain, channel) => ScaleTable(model.HyperLogScale[channel] + gain))];

        HyperSynthesisLayers hyper = model.HyperSynthesis;
        HyperUp = WithBias(hyper.Up, hyper.Quality.AddedTo(hyper.UpBias, level));
        ContextEnter = [.. model.Contexts.Select(context => context.Enter?.WithBias(context.Quality!.AddedTo(context.EnterBias!, level)))];

        SynthesisLayers synthesis = model.Synthesis;
        SynthesisLow = synthesis.QualityLow.At(level);
        SynthesisUp = WithBias(synthesis.Up, synthesis.QualityHigh.AddedTo(synthesis.UpBias, level));
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

    public float[] SynthesisLow { get; }

    public Pointwise[] SynthesisUp { get; }

    /// <summary>Index of the scale table for a log-scale in units of the quantiser step.</summary>
    public static byte ScaleTable(float logScale)
    {
        const float slope = 8.126461f, offset = 17.937332f;
        float t = MathF.FusedMultiplyAdd(logScale, slope, offset);
        return t > 0 ? (byte)MathF.Round(MathF.Min(t, 63), MidpointRounding.ToEven) : (byte)0; // a NaN gives 0
    }

    static float[] Exponentials(float[] values, float sign) => [.. values.Select(value => ExactMath.Exp(sign * value))];

    static Pointwise[] WithBias(Pointwise[] halves, float[] bias) =>
        [halves[0].WithBias(bias.AsSpan(..(bias.Length / 2))), halves[1].WithBias(bias.AsSpan(bias.Length / 2))];
}
