using Lacuna.Kernels;

namespace Lacuna.Quantization;

/// <summary>A quantiser whose codewords are the corners of a cube: one bit an element, the first the highest.</summary>
/// <remarks>
/// <code>
/// bit = x > 0;  decoded = bit set ? scale : -scale
/// </code>
/// <para>
/// <see cref="LookupFree"/>: LFQ (L. Yu et al., "MAGVIT-v2", arXiv:2310.05737), scale 1 unless given.
/// <see cref="BinarySpherical"/>: BSQ (Y. Zhao et al., arXiv:2406.07548), the vector divided by its length, which changes no
/// sign, and the scale 1 / sqrt(d), so that decoded vectors have length 1. Bit order as in
/// vector-quantize-pytorch and bsq-vit.
/// </para>
/// </remarks>
public sealed class SignQuantizer : BlockQuantizer<long>
{
    const int BlockVectorCount = 4096;

    SignQuantizer(int dimensions, float scale)
        : base(Checked(dimensions), 1, BlockVectorCount) => Scale = scale;

    /// <summary>Magnitude of every decoded element.</summary>
    public float Scale { get; }

    /// <summary>Look-up free quantisation.</summary>
    /// <param name="dimensions">Elements of a vector, 1 to 62: as many bits has an index.</param>
    /// <param name="scale">Magnitude of decoded elements, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static SignQuantizer LookupFree(int dimensions, float scale = 1) =>
        scale > 0 && float.IsFinite(scale)
            ? new SignQuantizer(dimensions, scale)
            : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be finite and above 0.");

    /// <summary>Binary spherical quantisation.</summary>
    /// <param name="dimensions">Elements of a vector, 1 to 62: as many bits has an index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static SignQuantizer BinarySpherical(int dimensions) => new(dimensions, (float)(1 / Math.Sqrt(dimensions)));

    /// <inheritdoc/>
    public override long CodewordsAt(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(position, 0);
        return 1L << Dimensions;
    }

    private protected override void EncodeBlock(ReadOnlySpan<float> vectors, Span<long> indices, int worker) =>
        SignQuantize.Run(Dimensions, vectors, indices);

    private protected override void DecodeValid(ReadOnlySpan<long> indices, Span<float> vectors) =>
        SignDequantize.Run(Dimensions, Scale, indices, vectors);

    static int Checked(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, SignQuantize.MaxDimensions - 1);
        return dimensions;
    }
}
