using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Encodes symbols by indexed alias rANS, from the last to the first: the inverse of <see cref="RansDecodeIndexed"/>.</summary>
/// <remarks>
/// <para>
/// For a symbol of frequency <c>f</c> whose slots begin at position <c>start</c>: where <c>x >= f * 2^16</c> the low 16 bits of the
/// state are written and dropped; then <c>q = floor(x / f)</c>, <c>rank = (x mod f) * 2^shift + (symbol mod 2^shift)</c> and
/// <c>x = q * 2^16 + slot(start + rank)</c>. Positions number the slots by symbol and rank; they fall into at most 511 pieces that
/// lie within one bucket each, so <c>slot(p) = (base(piece) + 256 p) mod 2^16</c>. A position's piece is found by counting: a chunk
/// of 32 positions has a bit for each at which a piece begins, and the number of the piece before.
/// </para>
/// <para>
/// A symbol without a frequency is escaped: its 16 bits go in first (<c>x >= 2^16</c> is written and dropped as above, then
/// <c>x = x * 2^16 + symbol</c>), then the escape with its rank unshifted.
/// </para>
/// <code>
///  symbol  as <see cref="RansEncodeStatic.Entry"/>
///  chunk   63 ................................ 32 31 ......................... 0
///         | piece before the chunk, in the set   | bit i: a piece begins at i   |
/// </code>
/// <para>
/// Class: exact, given tables that agree. Cost: three look-ups and a multiplication by a reciprocal a symbol.
/// Source: as <see cref="RansDecodeIndexed"/>.
/// </para>
/// </remarks>
public static partial class RansEncodeIndexed
{
    /// <summary>Pieces a table, unused ones included.</summary>
    public const int Pieces = 512;

    /// <summary>Chunks a table.</summary>
    public const int Chunks = 65536 / ChunkPositions;

    /// <summary>Positions of a chunk.</summary>
    public const int ChunkPositions = 32;

    /// <summary>Bytes that one symbol can take at most: two words.</summary>
    public const int MaxBytesPerSymbol = 4;

    /// <summary>The tables of a set in the form that encoding reads.</summary>
    /// <param name="symbols">
    /// Shape [tables, 256], by code: <see cref="RansEncodeStatic.Entry"/>; its frequency is 0 where the symbol is escaped.
    /// </param>
    /// <param name="shifts">Shape [tables]; 0 to 7.</param>
    /// <param name="chunks">Shape [tables, 2048]; naming pieces of the same table, of which the first begins at position 0.</param>
    /// <param name="pieces">Shape [tables, 512]: the base of each.</param>
    public readonly ref struct Tables(
        ReadOnlySpan<ulong> symbols, ReadOnlySpan<byte> shifts, ReadOnlySpan<ulong> chunks, ReadOnlySpan<ushort> pieces)
    {
        /// <summary>Shape [tables, 256].</summary>
        public ReadOnlySpan<ulong> Symbols { get; } = symbols;

        /// <summary>Shape [tables].</summary>
        public ReadOnlySpan<byte> Shifts { get; } = shifts;

        /// <summary>Shape [tables, 2048].</summary>
        public ReadOnlySpan<ulong> Chunks { get; } = chunks;

        /// <summary>Shape [tables, 512].</summary>
        public ReadOnlySpan<ushort> Pieces { get; } = pieces;
    }

    /// <param name="tables">The set; every table has an escape of frequency 1 or more.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>.</param>
    /// <param name="states">One state a lane; updated.</param>
    /// <param name="firstLane">The lane of symbol 0.</param>
    /// <param name="words">Filled from its end towards its beginning; at least 4 bytes a symbol. What lies before is unspecified.</param>
    /// <returns>Bytes written at the end of <paramref name="words"/>.</returns>
    public delegate int Fn(
        in Tables tables, TableIndices indices, ReadOnlySpan<short> symbols, Span<uint> states, int firstLane, Span<byte> words);

    /// <summary>Every implementation.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(RansEncodeIndexed),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Planes<Words128, Vector128<ushort>>),
        new Variant<Fn>(IsaLevel.Avx2, Planes<Words256, Vector256<ushort>>),
        new Variant<Fn>(IsaLevel.Avx512, Planes<Words512, Vector512<ushort>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// Lengths do not agree, an index is outside the set, <paramref name="words"/> is too small, or there is no lane
    /// <paramref name="firstLane"/>.
    /// </exception>
    public static int Run(
        in Tables tables, TableIndices indices, ReadOnlySpan<short> symbols, Span<uint> states, int firstLane, Span<byte> words)
    {
        int count = tables.Shifts.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(tables.Symbols.Length, count * 256L, nameof(tables));
        ArgumentOutOfRangeException.ThrowIfNotEqual(tables.Chunks.Length, (long)count * Chunks, nameof(tables));
        ArgumentOutOfRangeException.ThrowIfNotEqual(tables.Pieces.Length, (long)count * Pieces, nameof(tables));
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, indices.Length, nameof(symbols));
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, (long)symbols.Length * MaxBytesPerSymbol, nameof(words));
        ArgumentOutOfRangeException.ThrowIfNegative(firstLane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstLane, states.Length);
        if (!indices.AreWithin(count))
        {
            throw new ArgumentOutOfRangeException(nameof(indices), "An index is outside the set of tables.");
        }

        return Table.Best(tables, indices, symbols, states, firstLane, words);
    }
}
