namespace Lacuna.Kernels;

/// <summary>The matrix and bias of a <see cref="PointwiseConvolution"/>, packed once for every variant.</summary>
/// <remarks>
/// Outputs lie in panels of <see cref="PanelWidth"/>, one cache line an input, the last panel filled up with zeros:
/// <code>
/// panel 0: | w[0..15, input 0] | w[0..15, input 1] | ...
/// panel 1: | w[16..31, input 0] | ...
/// </code>
/// It never changes after it is made: threads may share it.
/// </remarks>
public sealed class PointwiseWeights
{
    /// <summary>Outputs in a panel: one cache line, the widest vector.</summary>
    public const int PanelWidth = 16;

    readonly AlignedArray panels;
    readonly AlignedArray bias;

    /// <summary>Packs a matrix.</summary>
    /// <param name="inputs">Channels of the source, at least 1.</param>
    /// <param name="outputs">Channels of the destination, at least 1.</param>
    /// <param name="weights">Shape [outputs, inputs]; copied.</param>
    /// <param name="bias">Shape [outputs]; copied. Empty stands for zeros.</param>
    /// <exception cref="ArgumentException">A count is below 1 or a span's length is not what the counts say.</exception>
    public PointwiseWeights(int inputs, int outputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, checked(inputs * outputs), nameof(weights));

        Inputs = inputs;
        Outputs = outputs;
        panels = new AlignedArray(checked(PanelCount * PanelWidth * inputs));
        this.bias = Padded(bias, outputs);

        Span<float> packed = panels.Span;
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                packed[IndexOf(output, input)] = weights[output * inputs + input];
            }
        }
    }

    PointwiseWeights(PointwiseWeights matrix, ReadOnlySpan<float> bias)
    {
        Inputs = matrix.Inputs;
        Outputs = matrix.Outputs;
        panels = matrix.panels;
        this.bias = Padded(bias, Outputs);
    }

    /// <summary>Channels of the source.</summary>
    public int Inputs { get; }

    /// <summary>Channels of the destination.</summary>
    public int Outputs { get; }

    /// <summary>Panels, the last perhaps not full.</summary>
    internal int PanelCount => (Outputs + PanelWidth - 1) / PanelWidth;

    /// <summary>Shape [panels, inputs, <see cref="PanelWidth"/>], aligned to 64 bytes.</summary>
    internal ReadOnlySpan<float> Panels => panels.Span;

    /// <summary>Shape [panels, <see cref="PanelWidth"/>], aligned to 64 bytes.</summary>
    internal ReadOnlySpan<float> Bias => bias.Span;

    /// <summary>The scores of <see cref="NearestCode"/> as a convolution: output k is the score of codeword k, to the last bit.</summary>
    /// <param name="codewords">Codewords and biases; copied.</param>
    public static PointwiseWeights Scores(CodePanels codewords)
    {
        ArgumentNullException.ThrowIfNull(codewords);
        var weights = new float[codewords.Count * codewords.Dimensions];
        for (int code = 0; code < codewords.Count; code++)
        {
            for (int i = 0; i < codewords.Dimensions; i++)
            {
                weights[code * codewords.Dimensions + i] = codewords.Panels[codewords.IndexOf(code, i)];
            }
        }

        return new PointwiseWeights(codewords.Dimensions, codewords.Count, weights, codewords.Bias[..codewords.Count]);
    }

    /// <summary>The same matrix, shared, with another bias.</summary>
    /// <param name="bias">Shape [outputs]; copied. Empty stands for zeros.</param>
    /// <exception cref="ArgumentException"><paramref name="bias"/> has another length.</exception>
    public PointwiseWeights WithBias(ReadOnlySpan<float> bias) => new(this, bias);

    /// <summary>Where the weight of one input for one output lies in <see cref="Panels"/>.</summary>
    internal int IndexOf(int output, int input) =>
        (output / PanelWidth * Inputs + input) * PanelWidth + output % PanelWidth;

    static AlignedArray Padded(ReadOnlySpan<float> bias, int outputs)
    {
        if (!bias.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, outputs, nameof(bias));
        }

        var padded = new AlignedArray((outputs + PanelWidth - 1) / PanelWidth * PanelWidth);
        bias.CopyTo(padded.Span);
        return padded;
    }
}
