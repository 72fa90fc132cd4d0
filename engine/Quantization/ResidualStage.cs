using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>One stage of residual quantisation: a codebook, or a codebook in fewer dimensions between two projections.</summary>
/// <remarks>
/// A factorised stage (J. Yu et al., arXiv:2110.04627; used by DAC) projects the residual down, looks up the nearest codeword there, and
/// projects the codeword up. The projected codewords are computed once, when the stage is made, so that decoding gathers and
/// adds as it does without projections. Never changes after it is made: threads may share it.
/// </remarks>
public sealed class ResidualStage
{
    /// <summary>A stage that searches the residual itself.</summary>
    /// <param name="codebook">Searched and decoded.</param>
    public ResidualStage(Codebook codebook)
    {
        ArgumentNullException.ThrowIfNull(codebook);
        Codebook = codebook;
        Dimensions = codebook.Dimensions;
        Rows = codebook.Rows;
    }

    /// <summary>A factorised stage.</summary>
    /// <param name="down">From the residual to the codebook's dimensions.</param>
    /// <param name="codebook">Searched in its own dimensions.</param>
    /// <param name="up">From the codebook's dimensions to the residual's.</param>
    /// <exception cref="ArgumentException">The matrices do not fit the codebook or each other.</exception>
    public ResidualStage(PointwiseWeights down, Codebook codebook, PointwiseWeights up)
        : this(codebook)
    {
        ArgumentNullException.ThrowIfNull(down);
        ArgumentNullException.ThrowIfNull(up);
        ArgumentOutOfRangeException.ThrowIfNotEqual(down.Outputs, codebook.Dimensions, nameof(down));
        ArgumentOutOfRangeException.ThrowIfNotEqual(up.Inputs, codebook.Dimensions, nameof(up));
        ArgumentOutOfRangeException.ThrowIfNotEqual(up.Outputs, down.Inputs, nameof(up));
        Down = down;
        Dimensions = down.Inputs;
        float[] inner = new float[codebook.Count * codebook.Dimensions];
        for (int code = 0; code < codebook.Count; code++)
        {
            codebook.CopyCodeword(code, inner.AsSpan(code * codebook.Dimensions, codebook.Dimensions));
        }

        float[] projected = new float[checked(codebook.Count * Dimensions)];
        PointwiseConvolution.Run(new PointwiseShape(codebook.Count, codebook.Dimensions, Dimensions), inner, up, [], projected);
        Rows = new CodeRows(Dimensions, projected);
    }

    /// <summary>Elements of the residual.</summary>
    public int Dimensions { get; }

    /// <summary>What is searched.</summary>
    public Codebook Codebook { get; }

    /// <summary>The projection before the search; null where there is none.</summary>
    internal PointwiseWeights? Down { get; }

    /// <summary>What indices add to the decoded vector.</summary>
    internal CodeRows Rows { get; }
}
