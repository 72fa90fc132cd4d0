using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>A quantiser with stored codewords, which may be a part of a larger one.</summary>
/// <remarks>Parts read columns of the whole's vectors and write columns of its indices: nothing is copied between them.</remarks>
public abstract class CodeQuantizer : BlockQuantizer<int>
{
    private protected CodeQuantizer(int dimensions, int indicesPerVector, int blockVectors)
        : base(dimensions, indicesPerVector, blockVectors)
    {
    }

    /// <summary>The stages of its longest chain of residuals.</summary>
    public abstract int Stages { get; }

    /// <summary>The codewords at every position of quantisers whose indices stand one after another.</summary>
    private protected static int[] CodewordsOf(CodeQuantizer[] quantizers)
    {
        List<int> codewords = [];
        foreach (CodeQuantizer quantizer in quantizers)
        {
            codewords.AddRange(Sequence.Of(quantizer.IndicesPerVector, quantizer.CodewordsAt));
        }

        return codewords.ToArray();
    }

    /// <summary>A quantiser of the first stages alone, which shares their codebooks: for fewer indices a vector.</summary>
    /// <param name="stages">1 to <see cref="Stages"/>; of every group, where there are groups.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many stages.</exception>
    public CodeQuantizer Prefix(int stages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stages, Stages);
        return First(stages);
    }

    /// <summary>Writes the vectors that the first stages stand for: a coarser decoding of the same indices.</summary>
    /// <param name="indices">Shape [vectors, indices of a vector]: all of them, of which those of later stages are not looked at.</param>
    /// <param name="vectors">Shape [vectors, dimensions]; zeros unless the result is done.</param>
    /// <param name="stages">1 to <see cref="Stages"/>.</param>
    /// <returns>Done, or the position in <paramref name="indices"/> of the first that names no codeword, in any stage.</returns>
    /// <exception cref="ArgumentException">
    /// The spans are no whole number of vectors, or not of equally many, or there are not so many stages.
    /// </exception>
    public QuantizationResult Decode(ReadOnlySpan<int> indices, Span<float> vectors, int stages)
    {
        int count = CountVectors(vectors.Length, indices.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stages, Stages);
        int fault = FirstInvalid(indices);
        if (fault >= 0)
        {
            vectors.Clear();
            return new QuantizationResult(QuantizationStatus.InvalidIndex, fault);
        }

        DecodeRows(new NearestCodeShape(count, Dimensions, IndicesPerVector), indices, vectors, stages);
        return QuantizationResult.Done;
    }

    private protected abstract CodeQuantizer First(int stages);

    /// <summary>Encodes vectors whose elements are all finite.</summary>
    /// <param name="shape">Vectors and strides of both spans.</param>
    /// <param name="vectors">The first element is the first vector's.</param>
    /// <param name="indices">The first element is the first vector's first index.</param>
    /// <param name="worker">Whose scratch to use.</param>
    internal abstract void EncodeRows(in NearestCodeShape shape, ReadOnlySpan<float> vectors, Span<int> indices, int worker);

    /// <summary>Decodes the first stages of indices that all name codewords; every vector's elements are written.</summary>
    internal abstract void DecodeRows(in NearestCodeShape shape, ReadOnlySpan<int> indices, Span<float> vectors, int stages);

    private protected sealed override void EncodeBlock(ReadOnlySpan<float> vectors, Span<int> indices, int worker) =>
        EncodeRows(new NearestCodeShape(vectors.Length / Dimensions, Dimensions, IndicesPerVector), vectors, indices, worker);

    private protected sealed override void DecodeValid(ReadOnlySpan<int> indices, Span<float> vectors) =>
        DecodeRows(new NearestCodeShape(vectors.Length / Dimensions, Dimensions, IndicesPerVector), indices, vectors, Stages);
}
