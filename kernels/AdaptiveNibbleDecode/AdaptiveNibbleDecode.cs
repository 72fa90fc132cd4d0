namespace Lacuna.Kernels;

/// <summary>Decodes bytes that adaptive rANS coded as two nibbles each, in contexts that learn from every byte.</summary>
/// <remarks>
/// <para>
/// Byte <c>i</c> belongs to lane <c>i mod lanes</c> and to model <c>lane mod models</c>. With one state there is one lane, which both
/// nibbles share; with <c>2 lanes</c> states a lane's high nibbles have state <c>lane</c> and its low ones state
/// <c>lanes + lane</c>. A group of <c>lanes</c> bytes is coded as its high nibbles, then its low ones.
/// </para>
/// <code>
///  state   31 .......... 15 14 ..... 0      nibble  the one whose [start, start + frequency) holds the slot
///         |      high      |   slot   |     x'      frequency * high + slot - start
///                                           refill  x' = x' * 65536 + next word, where x' &lt; 65536 and a word is left
/// </code>
/// <para>Then the context learns the nibble (<see cref="AdaptiveCdf"/>). The low nibble's context is chosen by the high nibble.</para>
/// <para>
/// Class: exact. Cost: a compare of 16 entries and an update of 16 entries a nibble; independent lanes hide its latency, independent
/// models that of the updates. Every bit pattern of every input is allowed; damaged models give any bytes, safely.
/// </para>
/// <para>
/// Source: J. Duda, arXiv:1311.2540; F. Giesen, arXiv:1402.3392; docs/format.md, section 7.3.
/// </para>
/// </remarks>
public static partial class AdaptiveNibbleDecode
{
    /// <summary>A state below this takes in a word.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>States of the interleaved form.</summary>
    public const int States = 16;

    /// <summary>Bytes in a group of the interleaved form.</summary>
    public const int Lanes = States / 2;

    /// <param name="models">Shape [1] or, with <see cref="States"/> states, [1] or [<see cref="Lanes"/>]; they learn.</param>
    /// <param name="states">Shape [1] or [<see cref="States"/>]; updated.</param>
    /// <param name="words">Little-endian 16-bit words, read forward. Where none is left a state stays as it is.</param>
    /// <param name="destination">All of it is written.</param>
    /// <returns>Bytes of <paramref name="words"/> read; more than its length where words were wanted and none was left.</returns>
    public delegate int Fn(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination);

    /// <summary>Every implementation.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(AdaptiveNibbleDecode),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Serial<Context128>),
        new Variant<Fn>(IsaLevel.Avx2, Avx2));

    static readonly Fn Best = Table.Best;

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">The numbers of models and states do not agree.</exception>
    public static int Run(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        CheckCounts(models.Length, states.Length);
        return Best(models, states, words, destination);
    }

    internal static void CheckCounts(int models, int states)
    {
        if (states is not (1 or States))
        {
            throw new ArgumentOutOfRangeException(nameof(states), $"There are 1 or {States} states, not {states}.");
        }

        if (models != 1 && (models != Lanes || states == 1))
        {
            throw new ArgumentOutOfRangeException(nameof(models), $"There are 1 or {Lanes} models, not {models}.");
        }
    }
}
