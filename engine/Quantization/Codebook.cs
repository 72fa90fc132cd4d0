using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>The codewords of a vector quantiser, prepared once for any number of searches.</summary>
/// <remarks>
/// It never changes after it is made: threads may share it. What search needs (codewords in panels, with half the squared
/// norms for the Euclidean metric; a byte an element more where <see cref="NearestCodeScreened"/> pays) is prepared at the first
/// search, so a decoder does not pay for it.
/// <para>
/// The search is that of <see cref="NearestCode"/>, exact in float32 with ties to the lowest index, on these codewords and biases:
/// <code>
/// Euclidean      c                         -|c|^2 / 2
/// Cosine         c / max(|c|, 1e-12)       0
/// InnerProduct   c                         0
/// </code>
/// Squares are summed in double over ascending dimensions and the result rounded once to float32. With the Euclidean metric a
/// codeword whose <c>|c|^2 / 2</c> is beyond float32 (a norm above 2.6e19) has a bias of minus infinity and never wins.
/// </para>
/// </remarks>
public sealed class Codebook
{
    const double LeastNorm = 1e-12;

    /// <summary>One vector alone waits for memory in either search, and screening reads more.</summary>
    const int LeastVectorsToScreen = 3;

    readonly CodeRows rows;
    readonly Lazy<CodePanels> panels;
    readonly Lazy<CodeScreen?> screen;
    readonly float[] rates = [];

    /// <summary>Makes a codebook.</summary>
    /// <param name="dimensions">Elements of a codeword, at least 1.</param>
    /// <param name="codewords">Shape [codewords, dimensions], at least one codeword, all finite; copied.</param>
    /// <param name="options">Metric and storage; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// There are no dimensions or no codewords, the length is no whole number of codewords, there are more than
    /// <see cref="CodePanels.MaxFloats"/> elements, or an element is a NaN, infinite, or with BFloat16 rounds to infinity.
    /// </exception>
    public Codebook(int dimensions, ReadOnlySpan<float> codewords, CodebookOptions? options = null)
    {
        options ??= new CodebookOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
        Count = WholeCodewords(dimensions, codewords);
        Metric = options.Metric is >= CodeMetric.Euclidean and <= CodeMetric.InnerProduct
            ? options.Metric
            : throw new ArgumentOutOfRangeException(nameof(options), options.Metric, "There is no such metric.");
        rows = new CodeRows(dimensions, codewords, options.Storage);
        panels = new Lazy<CodePanels>(Pack);
        screen = new Lazy<CodeScreen?>(MakeScreen);
    }

    Codebook(Codebook codewords, float[] rates)
    {
        (Dimensions, Count, Metric, rows, this.rates) = (codewords.Dimensions, codewords.Count, codewords.Metric, codewords.rows, rates);
        panels = new Lazy<CodePanels>(Pack);
        screen = new Lazy<CodeScreen?>(MakeScreen);
    }

    /// <summary>Elements of a codeword.</summary>
    public int Dimensions { get; }

    /// <summary>Codewords.</summary>
    public int Count { get; }

    /// <summary>What makes a codeword the nearest.</summary>
    public CodeMetric Metric { get; }

    /// <summary>How codewords are kept.</summary>
    public CodewordStorage Storage => rows.Storage;

    /// <summary>What <see cref="NearestCode"/> searches; made at the first use.</summary>
    public CodePanels Panels => panels.Value;

    /// <summary>Finds the nearest codewords, screened where that is faster: both searches find the same.</summary>
    internal void Search(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices)
    {
        if (screen.Value is { } screened && shape.Vectors >= LeastVectorsToScreen)
        {
            NearestCodeScreened.Run(shape, vectors, screened, indices, []);
        }
        else
        {
            NearestCode.Run(shape, vectors, Panels, indices, []);
        }
    }

    /// <summary>The codewords as decoding gathers them.</summary>
    internal CodeRows Rows => rows;

    /// <summary>The same codewords, searched for the least <c>|x - c|^2 + lambda bits</c>: entropy-constrained quantisation.</summary>
    /// <param name="bits">Shape [codewords]: what each index costs, finite and 0 or more; copied.</param>
    /// <param name="lambda">What a bit is worth in squared distance, finite and 0 or more.</param>
    /// <remarks>
    /// Half of <c>lambda bits</c> is taken from a codeword's bias, in double before the one rounding. Source: P. A. Chou, T. Lookabaugh,
    /// R. M. Gray, "Entropy-constrained vector quantization", IEEE Trans. ASSP 37(1), 1989.
    /// </remarks>
    /// <exception cref="ArgumentException">The metric is not Euclidean, or a number is out of range.</exception>
    public Codebook WithRate(ReadOnlySpan<float> bits, float lambda)
    {
        if (Metric != CodeMetric.Euclidean)
        {
            throw new ArgumentException("Distances and bits add up with the Euclidean metric alone.");
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(bits.Length, Count, nameof(bits));
        var made = new float[Count];
        for (int code = 0; code < Count; code++)
        {
            made[code] = lambda * bits[code];
            if (!(lambda >= 0 && bits[code] >= 0 && float.IsFinite(made[code])))
            {
                throw new ArgumentOutOfRangeException(nameof(bits), $"The rate of codeword {code} is {made[code]}.");
            }
        }

        return new Codebook(this, made);
    }

    /// <summary>What an index costs beside its squared distance; 0 but for a codebook made by <see cref="WithRate"/>.</summary>
    internal float Rate(int index) => rates.Length == 0 ? 0 : rates[index];

    /// <summary>Writes one codeword, as decoding gives it.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Shape [dimensions].</param>
    /// <exception cref="ArgumentException">There is no such codeword, or the destination has another length.</exception>
    public void CopyCodeword(int index, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Dimensions, nameof(destination));
        GatherCodewords.Run(new GatherShape(1, 1, Dimensions), [index], new ReadOnlySpan<CodeRows>(in rows), destination);
    }

    static int WholeCodewords(int dimensions, ReadOnlySpan<float> codewords)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codewords.Length, dimensions, nameof(codewords));
        int count = codewords.Length / dimensions;
        if (codewords.Length % dimensions != 0)
        {
            throw new ArgumentException($"{codewords.Length} elements are no whole codewords of {dimensions}.", nameof(codewords));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(codewords.Length, CodePanels.MaxFloats, nameof(codewords));
        int fault = FindNonFinite.Run(codewords);
        return fault < 0
            ? count
            : throw new ArgumentException(
                $"Element {fault % dimensions} of codeword {fault / dimensions} is not finite.", nameof(codewords));
    }

    CodePanels Pack()
    {
        float[] searched = new float[Count * Dimensions];
        float[] bias = Metric == CodeMetric.Euclidean ? new float[Count] : [];
        for (int code = 0; code < Count; code++)
        {
            Span<float> codeword = searched.AsSpan(code * Dimensions, Dimensions);
            CopyCodeword(code, codeword);
            double square = VectorRows.SquaredNorm(codeword);
            switch (Metric)
            {
                case CodeMetric.Euclidean:
                    bias[code] = (float)(-0.5 * (square + Rate(code)));
                    break;
                case CodeMetric.Cosine:
                    VectorRows.Divide(codeword, Math.Max(Math.Sqrt(square), LeastNorm));
                    break;
            }
        }

        return new CodePanels(Dimensions, searched, bias);
    }

    CodeScreen? MakeScreen() => NearestCodeScreened.Pays(Dimensions, Count) ? new CodeScreen(Panels) : null;
}
