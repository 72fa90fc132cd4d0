using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>What makes a codeword the nearest to a vector.</summary>
public enum CodeMetric
{
    /// <summary>The least Euclidean distance: argmin <c>|x - c|^2</c>.</summary>
    Euclidean = 0,

    /// <summary>The greatest cosine: argmax <c>&lt;x, c / |c|&gt;</c>; the length of the vector changes nothing.</summary>
    Cosine = 1,

    /// <summary>The greatest inner product: argmax <c>&lt;x, c&gt;</c>.</summary>
    InnerProduct = 2,
}

/// <summary>Choices when a <see cref="Codebook"/> is made.</summary>
public sealed record CodebookOptions
{
    /// <summary>What makes a codeword the nearest.</summary>
    public CodeMetric Metric { get; init; } = CodeMetric.Euclidean;

    /// <summary>How codewords are kept. Search and decoding both use the stored, rounded codewords.</summary>
    public CodewordStorage Storage { get; init; } = CodewordStorage.Single;
}
