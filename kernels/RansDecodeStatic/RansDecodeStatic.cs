namespace Lacuna.Kernels;

/// <summary>Decodes bytes that a static alias rANS coder wrote: one table for all of them.</summary>
/// <remarks>
/// <para>
/// Symbol <c>i</c> belongs to lane <c>(firstLane + i) mod lanes</c>. A lane's state <c>x</c> is decoded, then refilled with one
/// 16-bit word where it has fallen below 2^16; so words lie in the order of the symbols.
/// </para>
/// <code>
///  state   31 ............ 16 15 ........ 8 7 ........ 0
///         |        high      |  remainder  |   bucket   |
///  entry   63 .... 48 47 ... 32 31 ... 16 15 .... 8 7 ..... 0
///         | f(alias) | f(own)  | adjust  | alias  | divider |
///  own    = remainder &lt; divider
///  symbol = own ? bucket : alias
///  rank   = own ? remainder : remainder + adjust  modulo 65536
///  x      = f(symbol) * high + rank
/// </code>
/// <para>
/// This is <see cref="RansDecodeIndexed"/> with one table, no escape and no shift. A table is small enough here to be looked up in
/// registers, a byte plane at a time, which is why f(alias) must agree with f(own) of the alias's entry.
/// </para>
/// <para>Class: exact. Cost: one 8-byte look-up a symbol, or six of a byte. Every bit pattern of states and words is allowed.</para>
/// <para>Source: as <see cref="RansDecodeIndexed"/>; docs/format.md, section 4.6.</para>
/// </remarks>
public static partial class RansDecodeStatic
{
    /// <summary>Entries of a table: one for each bucket of 256 slots, and for each symbol.</summary>
    public const int Buckets = 256;

    const uint LowerBound = RansDecodeIndexed.LowerBound;

    /// <param name="entries">Shape [256]; packed as drawn above.</param>
    /// <param name="states">One state a lane; updated.</param>
    /// <param name="firstLane">The lane of symbol 0.</param>
    /// <param name="words">Little-endian 16-bit words, read forward. Where none is left a state stays as it is.</param>
    /// <param name="symbols">All of it is written.</param>
    /// <returns>Bytes of <paramref name="words"/> read; its length plus 1 where words were wanted and none was left.</returns>
    public delegate int Fn(ReadOnlySpan<ulong> entries, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<byte> symbols);

    /// <summary>Every implementation, slowest first.</summary>
    public static KernelTable<Fn> Table { get; } = new(
        nameof(RansDecodeStatic),
        new Variant<Fn>(IsaLevel.Scalar, Scalar),
        new Variant<Fn>(IsaLevel.Vector128, Framed<Entries<Words128, System.Runtime.Intrinsics.Vector128<ushort>>>),
        new Variant<Fn>(IsaLevel.Avx2, Framed<Entries<Words256, System.Runtime.Intrinsics.Vector256<ushort>>>),
        new Variant<Fn>(IsaLevel.Avx512, Avx512));

    /// <inheritdoc cref="Fn"/>
    /// <exception cref="ArgumentException">
    /// The table has not 256 entries, its frequencies disagree, or there is no lane <paramref name="firstLane"/>.
    /// </exception>
    public static int Run(ReadOnlySpan<ulong> entries, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<byte> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, Buckets, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfNegative(firstLane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(firstLane, states.Length);
        foreach (ulong entry in entries)
        {
            if ((ushort)(entry >> 48) != (ushort)(entries[(byte)(entry >> 8)] >> 32))
            {
                throw new ArgumentException("Two entries disagree about a symbol's frequency.", nameof(entries));
            }
        }

        return Table.Best(entries, states, firstLane, words, symbols);
    }
}
