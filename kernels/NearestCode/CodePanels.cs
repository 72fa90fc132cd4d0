namespace Lacuna.Kernels;

/// <summary>The codewords and biases that <see cref="NearestCode"/> searches, packed once for every variant.</summary>
/// <remarks>
/// Codewords lie in panels of <see cref="PanelWidth"/>, one cache line a dimension:
/// <code>
/// panel 0: | c[0..15, dimension 0] | c[0..15, dimension 1] | ...
/// panel 1: | c[16..31, dimension 0] | ...
/// </code>
/// The last panel is filled up with codewords of zeros whose bias is minus infinity: their score is minus infinity or a NaN,
/// which never wins. It never changes after it is made: threads may share it.
/// </remarks>
public sealed class CodePanels
{
    /// <summary>Codewords in a panel: one cache line, the widest vector.</summary>
    internal const int PanelWidth = 16;

    readonly AlignedArray panels;
    readonly AlignedArray bias;

    /// <summary>Packs codewords.</summary>
    /// <param name="dimensions">Elements of a codeword, at least 1.</param>
    /// <param name="codewords">Shape [codewords, dimensions], at least one codeword; copied. Any bits.</param>
    /// <param name="bias">Shape [codewords]; copied. Empty stands for zeros.</param>
    /// <exception cref="ArgumentException">
    /// There are no dimensions or no codewords, a span's length is not what the dimensions say, or the codewords, filled up to
    /// whole panels, are more than <see cref="MaxFloats"/>.
    /// </exception>
    public CodePanels(int dimensions, ReadOnlySpan<float> codewords, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(codewords.Length, dimensions, nameof(codewords));
        if (codewords.Length % dimensions != 0)
        {
            throw new ArgumentException($"{codewords.Length} elements are no whole codewords of {dimensions}.", nameof(codewords));
        }

        Dimensions = dimensions;
        Count = codewords.Length / dimensions;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)PanelCount * PanelWidth * dimensions, MaxFloats, nameof(codewords));
        if (!bias.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, Count, nameof(bias));
        }

        panels = new AlignedArray(PanelCount * PanelWidth * dimensions);
        this.bias = new AlignedArray(PanelCount * PanelWidth);
        this.bias.Span[Count..].Fill(float.NegativeInfinity);
        bias.CopyTo(this.bias.Span);
        for (int code = 0; code < Count; code++)
        {
            for (int i = 0; i < dimensions; i++)
            {
                panels.Span[IndexOf(code, i)] = codewords[code * dimensions + i];
            }
        }
    }

    /// <summary>Most floats of all panels together: 4 GiB.</summary>
    public const int MaxFloats = 1 << 30;

    /// <summary>Elements of a codeword.</summary>
    public int Dimensions { get; }

    /// <summary>Codewords.</summary>
    public int Count { get; }

    /// <summary>Panels, the last perhaps filled up.</summary>
    internal int PanelCount => (Count + PanelWidth - 1) / PanelWidth;

    /// <summary>Shape [panels, dimensions, <see cref="PanelWidth"/>], aligned to 64 bytes.</summary>
    internal ReadOnlySpan<float> Panels => panels.Span;

    /// <summary>Shape [panels, <see cref="PanelWidth"/>], aligned to 64 bytes.</summary>
    internal ReadOnlySpan<float> Bias => bias.Span;

    /// <summary>Where one element of a codeword lies in <see cref="Panels"/>.</summary>
    internal int IndexOf(int code, int dimension) =>
        (code / PanelWidth * Dimensions + dimension) * PanelWidth + code % PanelWidth;
}
