namespace Lacuna.Kernels;

/// <summary>Encodes bytes by adaptive rANS as two nibbles each: the inverse of <see cref="AdaptiveNibbleDecode"/>.</summary>
/// <remarks>
/// <para>
/// First forward: the contexts learn, and each nibble's start and frequency are kept. Then backward, from the last nibble to the
/// first: where <c>x >= frequency * 2^17</c> the low 16 bits of its state are written and dropped; then
/// <c>x = floor(x / frequency) * 2^15 + x mod frequency + start</c>.
/// </para>
/// <para>Class: exact. Cost: an update of 16 entries and a division a nibble. Source: as <see cref="AdaptiveNibbleDecode"/>.</para>
/// </remarks>
public static partial class AdaptiveNibbleEncode
{
    /// <summary>Bytes that one byte can take at most: a word for each nibble.</summary>
    public const int MaxBytesPerByte = 4;

    /// <summary>Nibbles of one byte.</summary>
    public const int NibblesPerByte = 2;

    /// <param name="models">Shape [1], or [8] with 32 states; they learn. Made by <see cref="NibbleModel.Reset"/>.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="states">Shape [1] or [32]; updated. None of 32 is below <see cref="AdaptiveNibbleDecode.LowerBound"/>.</param>
    /// <param name="intervals">Scratch; shape [2 count] where <paramref name="source"/> has [count].</param>
    /// <param name="words">
    /// Filled from its end towards its beginning; at least 4 bytes a byte. What lies before may be written over.
    /// </param>
    /// <returns>Bytes written at the end of <paramref name="words"/>.</returns>
    public delegate int Fn(
        Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words);

    /// <summary>Every implementation.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(AdaptiveNibbleEncode),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Serial<NibbleStep128>),
        new Variant<Fn>(IsaLevel.Avx2, Avx2));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// The numbers of models and states do not agree, or <paramref name="intervals"/> or <paramref name="words"/> is too small.
    /// </exception>
    public static int Run(
        Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
    {
        AdaptiveNibbleDecode.CheckCounts(models.Length, states.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals.Length, (long)source.Length * NibblesPerByte, nameof(intervals));
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, (long)source.Length * MaxBytesPerByte, nameof(words));
        return Table.Best(models, source, states, intervals, words);
    }
}
