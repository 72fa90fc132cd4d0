using Lacuna.Kernels;
using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>DAC: factorised residual stages, searched by cosine in a few dimensions.</summary>
/// <remarks>
/// <code>
/// quantizer.quantizers.K.codebook.weight       [codewords, inner]
/// quantizer.quantizers.K.in_proj.weight        [inner, outer, 1], and .bias [inner]
/// quantizer.quantizers.K.out_proj.weight       [outer, inner, 1], and .bias [outer]
/// </code>
/// Projections may be kept as <c>weight_g</c> and <c>weight_v</c>, or <c>parametrizations.weight.original0</c> and <c>original1</c>: each
/// row of the second brought to the length in the first. Source: R. Kumar et al., "High-fidelity audio compression with improved
/// RVQGAN", arXiv:2306.06546.
/// </remarks>
sealed class DacLayout : ICodebookLayout
{
    public string Name => "dac";

    public bool IsOf(TensorFile file) => file.TryGetShape(Prefix(0) + "codebook.weight", out _);

    public CodeQuantizer Read(CodebookReader reader)
    {
        var stages = new List<ResidualStage>();
        for (string prefix = Prefix(0); reader.Has(prefix + "codebook.weight"); prefix = Prefix(stages.Count))
        {
            Codebook codebook = reader.Codebook(prefix + "codebook.weight", CodeMetric.Cosine);
            PointwiseWeights down = reader.Projection(prefix + "in_proj"), up = reader.Projection(prefix + "out_proj");
            reader.Take((long)codebook.Count * up.Outputs);
            stages.Add(new ResidualStage(down, codebook, up));
        }

        return new ResidualQuantizer(1, [.. stages]);
    }

    static string Prefix(int stage) => $"quantizer.quantizers.{stage}.";
}
