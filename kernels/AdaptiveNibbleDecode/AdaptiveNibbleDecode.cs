namespace Lacuna.Kernels;

/// <summary>Decodes bytes that adaptive rANS coded as two nibbles each, in contexts that learn from every byte.</summary>
/// <remarks>
/// <para>
/// Byte <c>i</c> belongs to lane <c>i mod lanes</c> and to model <c>i mod models</c>. With one state there is one lane, which both
/// nibbles share; with <c>2 lanes</c> states a lane's high nibbles have state <c>lane</c> and its low ones state
/// <c>lanes + lane</c>. With one lane a group has one byte, else 8: it is coded as its high nibbles, then its low ones.
/// </para>
/// <code>
///  state   31 .......... 15 14 ..... 0      nibble  the one whose [start, start + frequency) holds the slot
///         |      high      |   slot   |     x'      frequency * high + slot - start
///                                           refill  x' = x' * 65536 + next word, where x' &lt; 65536 and a word is left
/// </code>
/// <para>Then the context learns the nibble (<see cref="AdaptiveCdf"/>). The low nibble's context is chosen by the high nibble.</para>
/// <para>
/// Class: exact. Cost: a compare of 16 entries and an update of 16 entries a nibble; independent lanes hide its latency, independent
/// models that of the updates. Every bit pattern of states and words is allowed.
/// </para>
/// <para>
/// Source: J. Duda, arXiv:1311.2540; F. Giesen, arXiv:1402.3392; docs/format.md, section 7.3.
/// </para>
/// </remarks>
public static partial class AdaptiveNibbleDecode
{
    /// <summary>A state below this takes in a word.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>The most states.</summary>
    public const int MaxStates = 32;

    /// <summary>The most models, and the bytes of a group where there is more than one lane.</summary>
    public const int GroupBytes = 8;

    /// <param name="models">Shape [1], or [8] with 32 states; they learn. Made by <see cref="NibbleModel.Reset"/>.</param>
    /// <param name="states">Shape [1] or [32]; updated.</param>
    /// <param name="words">Little-endian 16-bit words, read forward. Where none is left a state stays as it is.</param>
    /// <param name="destination">All of it is written.</param>
    /// <returns>Bytes of <paramref name="words"/> read; more than its length where words were wanted and none was left.</returns>
    public delegate int Fn(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination);

    /// <summary>Every implementation.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(AdaptiveNibbleDecode),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Serial<NibbleStep128>),
        new Variant<Fn>(IsaLevel.Avx2, Avx2));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The numbers of models and states do not agree.</exception>
    public static int Run(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        CheckCounts(models.Length, states.Length);
        return Table.Best(models, states, words, destination);
    }

    internal static void CheckCounts(int models, int states)
    {
        if ((states, models) is not ((1, 1) or (MaxStates, 1) or (MaxStates, GroupBytes)))
        {
            throw new ArgumentException($"There are 1 state and 1 model, or 32 states and 1 or 8 models, not {states} and {models}.");
        }
    }

    internal static int LaneCount(int states) => Math.Max(1, states / 2);
}
