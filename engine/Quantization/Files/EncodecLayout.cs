using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>EnCodec: plain residual stages, searched by Euclidean distance.</summary>
/// <remarks>
/// <c>quantizer.layers.K.codebook.embed</c> as transformers has it, or <c>quantizer.vq.layers.K._codebook.embed</c> as encodec and
/// audiocraft do; [codewords, dimensions]. Source: A. Defossez et al., "High fidelity neural audio compression", arXiv:2210.13438.
/// </remarks>
sealed class EncodecLayout : ICodebookLayout
{
    public string Name => "encodec";

    public bool IsOf(TensorFile file) => NameOf(file, 0) is not null;

    public CodeQuantizer Read(CodebookReader reader)
    {
        var codebooks = new List<Codebook>();
        while (NameOf(reader.File, codebooks.Count) is { } name)
        {
            codebooks.Add(reader.Codebook(name));
        }

        return new ResidualQuantizer([.. codebooks]);
    }

    static string? NameOf(TensorFile file, int stage) =>
        Array.Find(
            [$"quantizer.layers.{stage}.codebook.embed", $"quantizer.vq.layers.{stage}._codebook.embed"],
            name => file.TryGetShape(name, out _));
}
