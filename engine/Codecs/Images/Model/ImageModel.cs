using Lacuna.Networks;
using Lacuna.Tensors;

namespace Lacuna.Codecs.Images.Model;

/// <summary>The trained network of the image codec: its layers, and the tables that depend on the quality level.</summary>
/// <remarks>
/// Names, shapes and arithmetic: docs/format.md, section 5. It never changes: threads may share it. Layers are laid out for the kernels
/// when they are first used, so that a decoder never pays for the encoder's.
/// </remarks>
public sealed class ImageModel
{
    internal const int Width = 128;
    internal const int Latents = 192;
    internal const int HyperLatents = 64;
    internal const int Features = 128;
    internal const int Groups = 4;
    internal const int GroupSize = Latents / Groups;
    internal const int LevelRows = 10;
    internal const int UnshuffledPixel = 8 * 8 * 3;

    const int MaxHeaderBytes = 1 << 20;

    static readonly Lazy<ImageModel> Embedded = new(EmbeddedModel.Load);

    readonly TensorFile file;
    readonly byte[] sha256;
    readonly Lock packing = new();
    AnalysisLayers? analysis;
    SynthesisLayers? synthesis;
    HyperAnalysisLayers? hyperAnalysis;
    HyperSynthesisLayers? hyperSynthesis;
    ContextLayers[]? contexts;

    internal ImageModel(TensorFile file, byte[] sha256, long fileBytes, bool isEmbedded)
    {
        (this.file, this.sha256, FileBytes, IsEmbedded) = (file, sha256, fileBytes, isEmbedded);
        Hash = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(sha256);
        using var layers = new LayerReader(file);
        LogGain = LevelTable.Read(layers, "latents.log_gain", Latents);
        HyperLogGain = LevelTable.Read(layers, "hyper.log_gain", HyperLatents);
        HyperMean = layers.Vector("hyper.mean", HyperLatents);
        HyperLogScale = layers.Vector("hyper.log_scale", HyperLatents);
    }

    /// <summary>The model that lies in the library.</summary>
    public static ImageModel Default => Embedded.Value;

    /// <summary>First eight bytes of the model file's SHA-256, read as a little-endian number: how streams name it.</summary>
    public ulong Hash { get; }

    /// <summary>SHA-256 of the model file, 32 bytes.</summary>
    public ReadOnlySpan<byte> Sha256 => sha256;

    /// <summary>Length of the model file.</summary>
    public long FileBytes { get; }

    /// <summary>Numbers in the model.</summary>
    public long Parameters => file.Elements;

    /// <summary>Whether it is the one that lies in the library.</summary>
    public bool IsEmbedded { get; }

    internal AnalysisLayers Analysis => Part(ref analysis, static layers => new AnalysisLayers(layers));

    internal SynthesisLayers Synthesis => Part(ref synthesis, static layers => new SynthesisLayers(layers));

    internal HyperAnalysisLayers HyperAnalysis => Part(ref hyperAnalysis, static layers => new HyperAnalysisLayers(layers));

    internal HyperSynthesisLayers HyperSynthesis => Part(ref hyperSynthesis, static layers => new HyperSynthesisLayers(layers));

    internal ContextLayers[] Contexts => Part(ref contexts, ContextLayers.All);

    internal LevelTable LogGain { get; }

    internal LevelTable HyperLogGain { get; }

    internal float[] HyperMean { get; }

    internal float[] HyperLogScale { get; }

    /// <summary>Opens a model file in memory. Nothing is copied: the file must stay as it is while the model is used.</summary>
    /// <param name="data">The file's first byte.</param>
    /// <param name="length">Its length in bytes, 0 or more.</param>
    /// <param name="model">The model; null where the result is false.</param>
    /// <param name="problem">Why it is not a model of this version; null where the result is true.</param>
    /// <returns>Whether it is one. No bytes give an exception.</returns>
    public static unsafe bool TryOpen(byte* data, long length, out ImageModel? model, out string? problem)
    {
        model = null;
        try
        {
            problem = length > sizeof(ulong) && *(ulong*)data > MaxHeaderBytes ? "The file's header is too long for a model." : null;
            if (problem is null)
            {
                var file = new TensorFile(data, length);
                problem = ModelTensors.ProblemOf(file);
                model = problem is null ? new ImageModel(file, Bits.Sha256.Hash(data, length), length, isEmbedded: false) : null;
            }
        }
        catch (InvalidDataException error)
        {
            problem = error.Message;
        }

        return model is not null;
    }

    /// <summary>Whether a part has been laid out for the kernels: for tests.</summary>
    internal bool IsPacked(string part) => part switch
    {
        nameof(Analysis) => analysis,
        nameof(Synthesis) => synthesis,
        nameof(HyperAnalysis) => hyperAnalysis,
        nameof(HyperSynthesis) => hyperSynthesis,
        _ => (object?)contexts,
    } is not null;

    T Part<T>(ref T? part, Func<LayerReader, T> make)
        where T : class
    {
        if (Volatile.Read(ref part) is { } known)
        {
            return known;
        }

        lock (packing)
        {
            if (part is null)
            {
                using var layers = new LayerReader(file);
                Volatile.Write(ref part, make(layers));
            }

            return part;
        }
    }
}
