using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>Flat vector quantisation: a vector becomes the index of its nearest codeword, an index its codeword.</summary>
/// <remarks>
/// The indices are exact, the same at every instruction-set level and with any number of workers: see <see cref="Codebook"/> for
/// what is searched, <see cref="NearestCode"/> for the order of operations.
/// </remarks>
public sealed class VectorQuantizer : CodeQuantizer
{
    /// <summary>Floats of a block, which one worker encodes: some tens of microseconds of work.</summary>
    const int BlockFloats = 1 << 14;

    readonly CodeRows[] rows;

    /// <summary>Makes a quantiser.</summary>
    /// <param name="codebook">The codewords; shared, never changed.</param>
    /// <exception cref="ArgumentNullException">There is no codebook.</exception>
    public VectorQuantizer(Codebook codebook)
        : base(NotNull(codebook).Dimensions, indicesPerVector: 1, Math.Max(BlockFloats / codebook.Dimensions, 1))
    {
        Codebook = codebook;
        rows = [codebook.Rows];
    }

    /// <summary>The codewords.</summary>
    public Codebook Codebook { get; }

    /// <inheritdoc/>
    public override int Stages => 1;

    /// <inheritdoc/>
    public override int CodewordsAt(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(position, 0);
        return Codebook.Count;
    }

    internal override void EncodeRows(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker) =>
        Codebook.Search(shape, vectors, indices);

    internal override void DecodeRows(in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages) =>
        GatherCodewords.Run(new GatherShape(shape.Vectors, shape.IndexStride, shape.SourceStride), indices, rows, vectors);

    static Codebook NotNull(Codebook codebook)
    {
        ArgumentNullException.ThrowIfNull(codebook);
        return codebook;
    }

    private protected override CodeQuantizer First(int stages) => new VectorQuantizer(Codebook);
}
