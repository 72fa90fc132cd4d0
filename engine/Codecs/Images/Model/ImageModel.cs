using Lacuna.Networks;
using Lacuna.Tensors;

namespace Lacuna.Codecs.Images.Model;

/// <summary>The trained network of the image codec: its layers, and the tables that depend on the quality level.</summary>
/// <remarks>Names, shapes and arithmetic: docs/format.md, section 5. Never changes after it is made; threads may share it.</remarks>
sealed class ImageModel
{
    public const int Width = 128;
    public const int Latents = 192;
    public const int HyperLatents = 64;
    public const int Features = 128;
    public const int Groups = 4;
    public const int GroupSize = Latents / Groups;
    public const int LevelRows = 10;
    public const int UnshuffledPixel = 8 * 8 * 3;

    static readonly Lazy<ImageModel> Embedded = new(EmbeddedModel.Load);

    public ImageModel(TensorFile file, ulong hash)
    {
        Hash = hash;
        var layers = new LayerReader(file);
        Analysis = new AnalysisLayers(layers);
        Synthesis = new SynthesisLayers(layers);
        HyperAnalysis = new HyperAnalysisLayers(layers);
        HyperSynthesis = new HyperSynthesisLayers(layers);
        Contexts = [.. Enumerable.Range(0, Groups).Select(pass => new ContextLayers(layers, pass))];
        LogGain = LevelTable.Read(layers, "latents.log_gain", Latents);
        HyperLogGain = LevelTable.Read(layers, "hyper.log_gain", HyperLatents);
        HyperMean = file.Read("hyper.mean", HyperLatents);
        HyperLogScale = file.Read("hyper.log_scale", HyperLatents);
    }

    /// <summary>The model that lies in the library.</summary>
    public static ImageModel Default => Embedded.Value;

    /// <summary>First eight bytes of the model file's SHA-256, read as a little-endian number.</summary>
    public ulong Hash { get; }

    public AnalysisLayers Analysis { get; }

    public SynthesisLayers Synthesis { get; }

    public HyperAnalysisLayers HyperAnalysis { get; }

    public HyperSynthesisLayers HyperSynthesis { get; }

    public ContextLayers[] Contexts { get; }

    public LevelTable LogGain { get; }

    public LevelTable HyperLogGain { get; }

    public float[] HyperMean { get; }

    public float[] HyperLogScale { get; }
}
