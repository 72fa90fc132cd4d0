using Lacuna.Kernels;
using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>Mimi: a semantic and an acoustic branch, each with projections around its residual stages.</summary>
/// <remarks>
/// <code>
/// BRANCH.input_proj.weight                     [inner, outer, 1]
/// BRANCH.layers.K.codebook.embed_sum           [codewords, inner], and .cluster_usage [codewords]
/// BRANCH.output_proj.weight                    [outer, inner, 1]
/// </code>
/// BRANCH is <c>quantizer.semantic_residual_vector_quantizer</c> and then <c>quantizer.acoustic_residual_vector_quantizer</c> as in
/// transformers; or <c>quantizer.rvq_first</c> and <c>quantizer.rvq_rest</c> with <c>vq.layers.K._codebook.embedding_sum</c> as in moshi.
/// A codeword is its sum over its usage, which counts as 1e-5 at least. Source: A. Defossez et al., "Moshi", arXiv:2410.00037.
/// </remarks>
sealed class MimiLayout : ICodebookLayout
{
    const float LeastUsage = 1e-5f;

    /// <summary>Names of transformers and of moshi.</summary>
    static readonly Names[] Known =
    [
        new("quantizer.semantic_residual_vector_quantizer", "quantizer.acoustic_residual_vector_quantizer",
            "layers.{0}.codebook.embed_sum", "layers.{0}.codebook.cluster_usage"),
        new("quantizer.rvq_first", "quantizer.rvq_rest",
            "vq.layers.{0}._codebook.embedding_sum", "vq.layers.{0}._codebook.cluster_usage"),
    ];

    public string Name => "mimi";

    public bool IsOf(TensorFile file) => Find(file) is not null;

    public CodeQuantizer Read(CodebookReader reader)
    {
        Names names = Find(reader.File)!;
        QuantizerBranch semantic = ReadBranch(reader, names, names.Semantic), acoustic = ReadBranch(reader, names, names.Acoustic);
        int dimensions = Math.Max(semantic.Quantizer.Dimensions, acoustic.Quantizer.Dimensions);
        reader.Take((long)SplitQuantizer.BlockVectors(dimensions) * dimensions);
        return new SplitQuantizer(semantic, acoustic);
    }

    static QuantizerBranch ReadBranch(CodebookReader reader, Names names, string branch)
    {
        var codebooks = new List<Codebook>();
        for (int k = 0; reader.Has(names.SumOf(branch, k)); k++)
        {
            float[] sums = reader.Matrix(names.SumOf(branch, k), out int count, out int dimensions);
            float[] usage = reader.File.Read(names.UsageOf(branch, k), count);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] /= Math.Max(usage[i / dimensions], LeastUsage);
            }

            codebooks.Add(new Codebook(dimensions, sums));
        }

        if (codebooks.Count == 0)
        {
            throw new InvalidDataException($"There is no codebook of '{branch}' in the file.");
        }

        bool isProjected = reader.Has($"{branch}.input_proj.weight");
        PointwiseWeights? down = isProjected ? reader.Projection($"{branch}.input_proj") : null;
        PointwiseWeights? up = isProjected ? reader.Projection($"{branch}.output_proj") : null;
        return new QuantizerBranch(down, new ResidualQuantizer([.. codebooks]), up);
    }

    static Names? Find(TensorFile file) => Array.Find(Known, names => file.TryGetShape(names.SumOf(names.Semantic, 0), out _));

    sealed record Names(string Semantic, string Acoustic, string Sum, string Usage)
    {
        public string SumOf(string branch, int stage) => $"{branch}.{Sum.Replace("{0}", $"{stage}", StringComparison.Ordinal)}";

        public string UsageOf(string branch, int stage) => $"{branch}.{Usage.Replace("{0}", $"{stage}", StringComparison.Ordinal)}";
    }
}
