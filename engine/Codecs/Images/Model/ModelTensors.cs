using Lacuna.Tensors;
using static Lacuna.Codecs.Images.Model.ImageModel;

namespace Lacuna.Codecs.Images.Model;

/// <summary>The tensors that a model file has: all of these and no others.</summary>
/// <remarks>docs/format.md, section 5.</remarks>
static class ModelTensors
{
    /// <summary>Names and shapes, outermost side first.</summary>
    public static IReadOnlyDictionary<string, int[]> Shapes { get; } = Make();

    /// <summary>Why a file is not a model; null where it is one.</summary>
    public static string? ProblemOf(TensorFile file)
    {
        foreach (string name in file.Names)
        {
            if (!Shapes.ContainsKey(name))
            {
                return $"No model of this version has a tensor '{name}'.";
            }
        }

        foreach ((string name, int[] shape) in Shapes)
        {
            if (!file.IsFinite(name, shape))
            {
                return $"The tensor '{name}' holds infinities or NaNs.";
            }
        }

        return null;
    }

    static Dictionary<string, int[]> Make()
    {
        var shapes = new Dictionary<string, int[]>();
        Pointwise("analysis.enter", UnshuffledPixel, Width);
        Pointwise("analysis.down", 4 * Width, Latents);
        Block("analysis.low", Latents, 1);
        shapes["latents.log_gain"] = [LevelRows, Latents];
        shapes["synthesis.quality_low"] = [LevelRows, Latents];
        Block("synthesis.low", Latents, 1);
        Pointwise("synthesis.up", Latents, 4 * Width);
        shapes["synthesis.quality_high"] = [LevelRows, Width];
        Pointwise("synthesis.leave", Width, UnshuffledPixel);
        for (int i = 0; i < 3; i++)
        {
            Block($"analysis.high.{i}", Width, 2);
            Block($"synthesis.high.{i}", Width, 2);
        }

        Hyper();
        for (int pass = 0; pass < Groups; pass++)
        {
            Context($"context.{pass}", pass);
        }

        return shapes;

        void Hyper()
        {
            Pointwise("hyper_analysis.enter", Latents, Features);
            Depthwise("hyper_analysis.depthwise", Features);
            Pointwise("hyper_analysis.down", 4 * Features, Features);
            Block("hyper_analysis.block", Features, 1);
            Pointwise("hyper_analysis.leave", 4 * Features, HyperLatents);
            shapes["hyper.log_gain"] = [LevelRows, HyperLatents];
            shapes["hyper.mean"] = [HyperLatents];
            shapes["hyper.log_scale"] = [HyperLatents];
            Pointwise("hyper_synthesis.enter", HyperLatents, 4 * Features);
            Block("hyper_synthesis.block", Features, 1);
            Pointwise("hyper_synthesis.up", Features, 4 * Features);
            shapes["hyper_synthesis.quality"] = [LevelRows, Features];
            Block("hyper_synthesis.leave", Features, 1);
        }

        void Context(string name, int pass)
        {
            Pointwise(name + ".leave", Features, 2 * Latents);
            if (pass > 0)
            {
                Pointwise(name + ".enter", Features + Latents, Features);
                shapes[name + ".quality"] = [LevelRows, Features];
                Depthwise(name + ".depthwise", Features);
                Pointwise(name + ".mix", Features, Features);
            }
        }

        void Pointwise(string name, int inputs, int outputs)
        {
            shapes[name + ".weight"] = [outputs, inputs];
            shapes[name + ".bias"] = [outputs];
        }

        void Depthwise(string name, int channels)
        {
            shapes[name + ".weight"] = [9, channels];
            shapes[name + ".bias"] = [channels];
        }

        void Block(string name, int channels, int expansion)
        {
            Pointwise(name + ".mix_in", channels, channels);
            Depthwise(name + ".depthwise", channels);
            Pointwise(name + ".mix_out", channels, channels);
            Pointwise(name + ".expand", channels, channels * expansion);
            Pointwise(name + ".reduce", channels * expansion, channels);
        }
    }
}
