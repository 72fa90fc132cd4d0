using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Encodes bytes by static alias rANS, from the last to the first: the inverse of <see cref="RansDecodeStatic"/>.</summary>
/// <remarks>
/// <para>
/// For a symbol of frequency <c>f</c> whose slots begin at position <c>start</c>: where <c>x >= f * 2^16</c> the low 16 bits of the
/// state are written and dropped; then <c>x = floor(x / f) * 2^16 + slot(start + x mod f)</c>. Positions number the slots by symbol
/// and rank.
/// </para>
/// <code>
///  entry   63 ...... 48 47 ....... 32 31 ... 16 15 .... 0
///         |   2^shift  |  reciprocal  |  start  |    f    |     d = f * 2^shift has 16 bits; reciprocal = floor((2^32 - 1) / d) - 2^16
/// </code>
/// <para>
/// Faster variants divide by two products with the reciprocal: T. Granlund and N. Moller, "Improved division by invariant
/// integers", IEEE Trans. Computers 60 (2011), algorithm 4, exact for all <c>x &lt; f * 2^16</c>.
/// </para>
/// <para>Class: exact. Cost: a look-up by symbol and one by position a symbol. Source: as <see cref="RansDecodeStatic"/>.</para>
/// </remarks>
public static unsafe partial class RansEncodeStatic
{
    /// <summary>Entries of a table: one a symbol.</summary>
    public const int Symbols = 256;

    /// <summary>Slots of a table: the sum of the frequencies.</summary>
    public const int Slots = 1 << 16;

    /// <summary>Bytes that one symbol can take at most: a word.</summary>
    public const int MaxBytesPerSymbol = 2;

    /// <param name="entries">Shape [256], by symbol: <see cref="Entry"/>.</param>
    /// <param name="slots">Shape [65536]: the slot of each position.</param>
    /// <param name="symbols">Each with a frequency of 1 or more; where one has none the result is unspecified.</param>
    /// <param name="states">One state a lane, any value; updated.</param>
    /// <param name="firstLane">The lane of symbol 0.</param>
    /// <param name="words">
    /// Filled from its end towards its beginning; at least 2 bytes a symbol. What lies before the result is unspecified.
    /// </param>
    /// <returns>Bytes written at the end of <paramref name="words"/>.</returns>
    public delegate int Fn(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(RansEncodeStatic),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Framed<Entries<Words128, Vector128<ushort>>>),
        new Variant<Fn>(IsaLevel.Avx2, Framed<Entries<Words256, Vector256<ushort>>>),
        new Variant<Fn>(IsaLevel.Avx512, Avx512));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// A table has another shape, <paramref name="words"/> is too small, or there is no lane <paramref name="firstLane"/>.
    /// </exception>
    public static int Run(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, Symbols, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfNotEqual(slots.Length, Slots, nameof(slots));
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, (long)symbols.Length * MaxBytesPerSymbol, nameof(words));
        ArgumentOutOfRangeException.ThrowIfNegative(firstLane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstLane, states.Length);
        return Table.Best(entries, slots, symbols, states, firstLane, words);
    }

    /// <summary>What encoding wants to know of a symbol.</summary>
    /// <param name="frequency">0 to 65535.</param>
    /// <param name="start">The position of the symbol's first slot.</param>
    public static ulong Entry(ushort frequency, ushort start)
    {
        uint divisor = Math.Max(frequency, 1u);
        int shift = BitOperations.LeadingZeroCount(divisor) - 16;
        uint reciprocal = (uint.MaxValue / (divisor << shift)) - Slots;
        return frequency | (ulong)start << 16 | (ulong)reciprocal << 32 | 1ul << (48 + shift);
    }
}
