using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Decodes symbols that an indexed alias rANS coder wrote: a table index for every symbol.</summary>
/// <remarks>
/// <para>
/// Symbol <c>i</c> belongs to lane <c>(firstLane + i) mod lanes</c>. A lane's state <c>x</c> is decoded, then refilled with one
/// 16-bit word where it has fallen below <see cref="LowerBound"/>; so words lie in the order of the symbols, which within a
/// whole group of lanes is the order of the lanes.
/// </para>
/// <code>
///  state   31 ............ 16 15 ........ 8 7 ........ 0
///         |        high      |  remainder  |   bucket   |
///  entry   63 .... 48 47 ... 32 31 ... 16 15 .... 8 7 ..... 0
///         | f(alias) | f(own)  | adjust  | alias  | divider |
///  own    = remainder &lt; divider
///  code   = own ? bucket : alias                 a signed byte
///  rank   = own ? remainder : remainder + adjust  modulo 65536
///  symbol = code * 2^shift + rank mod 2^shift,  x = f * high + floor(rank / 2^shift)
/// </code>
/// <para>
/// Code <see cref="EscapeCode"/> means a symbol outside the table: its rank is not shifted, and after the refill the low 16 bits
/// of the state are the symbol, which leaves a second refill to do.
/// </para>
/// <para>Class: exact. Cost: one 8-byte look-up a symbol. Every bit pattern of every input is allowed.</para>
/// <para>
/// Source: J. Duda, arXiv:1311.2540; F. Giesen, arXiv:1402.3392, and "rANS with the alias method" (2014);
/// docs/format.md, section 4.
/// </para>
/// </remarks>
public static partial class RansDecodeIndexed
{
    /// <summary>The code, as an unsigned byte, of a symbol that is written in full (-128 as a signed byte).</summary>
    public const int EscapeCode = 128;

    /// <summary>A state below this takes in a word.</summary>
    public const uint LowerBound = 1u << 16;

    /// <summary>Entries a table: one for each bucket of 256 slots.</summary>
    public const int Buckets = 256;

    /// <summary>The tables of a set in the form that decoding reads.</summary>
    /// <param name="entries">Shape [tables, 256]; packed as drawn above.</param>
    /// <param name="shifts">Shape [tables]; low bits that are equally likely, 0 to 7.</param>
    public readonly ref struct Tables(ReadOnlySpan<ulong> entries, ReadOnlySpan<byte> shifts)
    {
        /// <summary>Shape [tables, 256].</summary>
        public ReadOnlySpan<ulong> Entries { get; } = entries;

        /// <summary>Shape [tables].</summary>
        public ReadOnlySpan<byte> Shifts { get; } = shifts;
    }

    /// <param name="tables">The set.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="states">One state a lane; updated.</param>
    /// <param name="firstLane">The lane of symbol 0.</param>
    /// <param name="words">Little-endian 16-bit words, read forward. Where none is left a state stays as it is.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>; all of it is written.</param>
    /// <returns>Bytes of <paramref name="words"/> read; more than its length where words were wanted and none was left.</returns>
    public delegate int Fn(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols);

    /// <summary>Every implementation.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(RansDecodeIndexed),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Planes<Words128, Vector128<ushort>>),
        new Variant<Fn>(IsaLevel.Avx2, Planes<Words256, Vector256<ushort>>),
        new Variant<Fn>(IsaLevel.Avx512, Planes<Words512, Vector512<ushort>>));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// Lengths do not agree, an index is outside the set, or there is no lane <paramref name="firstLane"/>.
    /// </exception>
    public static int Run(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols)
    {
        int count = tables.Shifts.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(tables.Entries.Length, (long)count * Buckets, nameof(tables));
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, indices.Length, nameof(symbols));
        ArgumentOutOfRangeException.ThrowIfNegative(firstLane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstLane, states.Length);
        if (!indices.AreWithin(count))
        {
            throw new ArgumentOutOfRangeException(nameof(indices), "An index is outside the set of tables.");
        }

        return Table.Best(tables, indices, states, firstLane, words, symbols);
    }
}
