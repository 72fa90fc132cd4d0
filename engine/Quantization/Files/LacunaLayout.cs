using System.Globalization;
using Lacuna.Tensors;

namespace Lacuna.Quantization.Files;

/// <summary>Lacuna's own files: <c>codebook.K</c> of each stage or group, and what the metadata say of them.</summary>
/// <remarks>
/// <code>
/// metadata  lacuna.quantizer   residual or product
///           lacuna.metric      Euclidean, Cosine or InnerProduct
/// tensors   codebook.K         [codewords, dimensions], K = 0, 1, ..
///           rate.K             [codewords]: lambda bits, with entropy-constrained codebooks alone
/// </code>
/// </remarks>
sealed class LacunaLayout : ICodebookLayout
{
    const string KindKey = "lacuna.quantizer";
    const string MetricKey = "lacuna.metric";
    const string Residual = "residual";
    const string Product = "product";

    public string Name => "lacuna";

    public bool IsOf(TensorFile file) => file.Metadata(KindKey) is not null && file.TryGetShape(CodebookName(0), out _);

    public CodeQuantizer Read(CodebookReader reader)
    {
        CodeMetric metric = reader.File.Metadata(MetricKey) switch
        {
            nameof(CodeMetric.Euclidean) => CodeMetric.Euclidean,
            nameof(CodeMetric.Cosine) => CodeMetric.Cosine,
            nameof(CodeMetric.InnerProduct) => CodeMetric.InnerProduct,
            var other => throw new InvalidDataException($"The metric '{other}' is not known."),
        };
        var codebooks = new List<Codebook>();
        for (int k = 0; reader.Has(CodebookName(k)); k++)
        {
            Codebook codebook = reader.Codebook(CodebookName(k), metric);
            codebooks.Add(reader.Has(RateName(k)) ? codebook.WithRate(reader.File.Read(RateName(k), codebook.Count), 1) : codebook);
        }

        return reader.File.Metadata(KindKey) switch
        {
            Residual => new ResidualQuantizer([.. codebooks]),
            Product => new ProductQuantizer([.. codebooks]),
            var kind => throw new InvalidDataException($"The quantiser '{kind}' is not known."),
        };
    }

    /// <summary>Writes a file.</summary>
    /// <param name="quantizer">What to write; its stages must be plain: no projections, one metric.</param>
    /// <returns>The file; equal quantisers give equal bytes.</returns>
    /// <exception cref="ArgumentException">A stage has projections, or metrics differ.</exception>
    public static byte[] Write(CodeQuantizer quantizer)
    {
        (string kind, ResidualStage[] stages) = quantizer switch
        {
            ProductQuantizer product => (Product, product.Groups.Select(group => ((ResidualQuantizer)group)[0])),
            ResidualQuantizer residual => (Residual, Sequence.Of(residual.Stages, k => residual[k])),
            _ => throw new ArgumentException("Only residual stages and products have a file.", nameof(quantizer)),
        };
        CodeMetric metric = stages[0].Codebook.Metric;
        if (Array.Exists(stages, stage => stage.Down is not null || stage.Codebook.Metric != metric))
        {
            throw new ArgumentException("Stages with projections, or of several metrics, have no file.", nameof(quantizer));
        }

        var writer = new TensorFileWriter();
        writer.AddMetadata(KindKey, kind);
        writer.AddMetadata(MetricKey, metric.ToString());
        for (int k = 0; k < stages.Length; k++)
        {
            Add(writer, k, stages[k].Codebook);
        }

        return writer.ToArray();
    }

    static void Add(TensorFileWriter writer, int k, Codebook codebook)
    {
        var codewords = new float[codebook.Count * codebook.Dimensions];
        var rates = new float[codebook.Count];
        for (int code = 0; code < codebook.Count; code++)
        {
            codebook.CopyCodeword(code, codewords.AsSpan(code * codebook.Dimensions, codebook.Dimensions));
            rates[code] = codebook.Rate(code);
        }

        writer.Add(CodebookName(k), codewords, codebook.Count, codebook.Dimensions);
        if (rates.AsSpan().ContainsAnyExcept(0))
        {
            writer.Add(RateName(k), rates, codebook.Count);
        }
    }

    static string CodebookName(int k) => string.Create(CultureInfo.InvariantCulture, $"codebook.{k}");

    static string RateName(int k) => string.Create(CultureInfo.InvariantCulture, $"rate.{k}");
}
