using System.Buffers;
using System.Numerics;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Indexed rANS for 32-bit symbols: the high part of each is modelled, its low bits are written as they are.</summary>
/// <remarks>
/// <para>
/// With <c>lowBits</c> = k, a symbol's high part is <c>symbol >> k</c>, coded under the symbol's table. Where it does not fit 16 bits,
/// or is -32768, -32768 is coded in its place and the symbol is written in full: so any 32-bit value comes back. k is worth being above
/// 0 where tables' own shifts (up to 7) are not enough: for distributions whose deviation is above some 4000.
/// </para>
/// <para>Stream: docs/format.md, section 4.7. Class: exact: the same bytes on every machine. Allocates nothing.</para>
/// </remarks>
public static class WideRans
{
    /// <summary>The largest number of low bits.</summary>
    public const int MaxLowBits = 16;

    const int HeadBytes = 1 + 5;
    const int BlockSymbols = 512;
    const int Full = short.MinValue;

    /// <summary>Bytes that always hold the code of <paramref name="count"/> symbols.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) =>
        HeadBytes + IndexedRansEncoder.MaxEncodedBytes(count) + ((long)sizeof(int) * count);

    /// <summary>Writes symbols.</summary>
    /// <param name="tables">Distributions of the high parts.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>; any values.</param>
    /// <param name="lowBits">Bits of a symbol that are not modelled, 0 to <see cref="MaxLowBits"/>.</param>
    /// <param name="destination">Receives the code from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="lanes">As <see cref="IndexedRansEncoder"/> has them.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>, and then the contents of
    /// <paramref name="destination"/> are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an index is outside the set, or there is no such number of bits or lanes.
    /// </exception>
    public static OperationStatus Encode(
        TableSet tables,
        TableIndices indices,
        ReadOnlySpan<int> symbols,
        int lowBits,
        Span<byte> destination,
        out int written,
        int lanes = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        tables.ThrowUnlessIndexed(indices, symbols.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(lowBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowBits, MaxLowBits);
        IndexedRansEncoder.ThrowUnlessLanes(lanes);
        written = 0;
        if (symbols.IsEmpty)
        {
            return OperationStatus.Done;
        }

        double bits = 0;
        long lowTotal = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            int high = High(symbols[i], lowBits);
            bits += tables.Cost(indices[i], high);
            lowTotal += high == Full ? 32 : lowBits;
        }

        // The stream is written where it will stand but for the length before it.
        lanes = lanes == 0 ? IndexedRansEncoder.LanesFor(bits) : lanes;
        long lowBytes = (lowTotal + 7) / 8;
        if (destination.Length < HeadBytes + lowBytes)
        {
            return OperationStatus.DestinationTooSmall;
        }

        OperationStatus status = RansStreamEncoder.Encode(
            new Symbols(tables, indices, symbols, lowBits), lanes, destination[HeadBytes..], out int streamBytes);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        var head = new ByteWriter(destination[..HeadBytes]);
        head.TryWriteU8((byte)lowBits);
        head.TryWriteVarint((ulong)streamBytes);
        destination.Slice(HeadBytes, streamBytes).CopyTo(destination[head.Written..]);
        int at = head.Written + streamBytes;
        if (destination.Length - at < lowBytes)
        {
            return OperationStatus.DestinationTooSmall;
        }

        var fields = new BitWriter(destination[at..]);
        foreach (int symbol in symbols)
        {
            fields.Write((uint)symbol, High(symbol, lowBits) == Full ? 32 : lowBits);
        }

        written = at + fields.Written;
        return OperationStatus.Done;
    }

    /// <summary>Reads back what <see cref="Encode"/> wrote.</summary>
    /// <param name="tables">Equal to the encoder's.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="source">The code and nothing after it.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>; all 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the source ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>.
    /// </returns>
    /// <exception cref="ArgumentException">Lengths differ, or an index is outside the set.</exception>
    public static OperationStatus Decode(TableSet tables, TableIndices indices, ReadOnlySpan<byte> source, Span<int> symbols)
    {
        ArgumentNullException.ThrowIfNull(tables);
        tables.ThrowUnlessIndexed(indices, symbols.Length);
        OperationStatus status = symbols.IsEmpty
            ? source.IsEmpty ? OperationStatus.Done : OperationStatus.InvalidData
            : DecodeParts(tables, indices, source, symbols);
        if (status != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return status;
    }

    static OperationStatus DecodeParts(TableSet tables, TableIndices indices, ReadOnlySpan<byte> source, Span<int> symbols)
    {
        var head = new ByteReader(source);
        if (!head.TryReadU8(out byte lowBits) || !head.TryReadVarint(out ulong streamBytes))
        {
            return OperationStatus.NeedMoreData;
        }

        if (lowBits > MaxLowBits || streamBytes > int.MaxValue)
        {
            return OperationStatus.InvalidData;
        }

        if (!head.TryReadBytes((int)streamBytes, out ReadOnlySpan<byte> bytes))
        {
            return OperationStatus.NeedMoreData;
        }

        var stream = new RansStreamDecoder(bytes, symbols.Length);
        stream.Decode(new Target(tables, indices, symbols));
        OperationStatus status = stream.Finish();
        if (status != OperationStatus.Done)
        {
            return status;
        }

        var fields = new BitReader(head.Remaining);
        foreach (ref int symbol in symbols)
        {
            bool full = symbol == Full;
            if (!fields.TryRead(full ? 32 : lowBits, out uint low))
            {
                return OperationStatus.NeedMoreData;
            }

            // One spelling a value: what has a high part of its own is not written in full.
            if (full && High((int)low, lowBits) != Full)
            {
                return OperationStatus.InvalidData;
            }

            symbol = full ? (int)low : (symbol << lowBits) | (int)low;
        }

        bool ends = fields.PaddingIsZero && fields.Consumed == head.Remaining.Length;
        return ends ? OperationStatus.Done : OperationStatus.InvalidData;
    }

    /// <summary>The part of a symbol that is modelled; <see cref="Full"/> where the symbol is written in full.</summary>
    static int High(int symbol, int lowBits)
    {
        int high = symbol >> lowBits;
        return high == (short)high ? high : Full;
    }

    readonly ref struct Symbols(TableSet tables, TableIndices indices, ReadOnlySpan<int> symbols, int lowBits) : IRansSymbols
    {
        readonly TableIndices indices = indices;
        readonly ReadOnlySpan<int> symbols = symbols;

        public static int MaxBytesPerSymbol => RansEncodeIndexed.MaxBytesPerSymbol;

        public int Count => symbols.Length;

        public int Encode(int first, int count, scoped Span<uint> states, int firstLane, scoped Span<byte> words)
        {
            Span<short> block = stackalloc short[BlockSymbols];
            int written = 0;
            for (int end = count; end > 0;)
            {
                int start = (end - 1) / BlockSymbols * BlockSymbols;
                Span<short> highs = block[..(end - start)];
                for (int i = 0; i < highs.Length; i++)
                {
                    highs[i] = (short)High(symbols[first + start + i], lowBits);
                }

                written += RansEncodeIndexed.Run(
                    tables.Encoding,
                    indices.Slice(first + start, highs.Length),
                    highs,
                    states,
                    (firstLane + start) % states.Length,
                    words[..^written]);
                end = start;
            }

            return written;
        }
    }

    readonly ref struct Target(TableSet tables, TableIndices indices, Span<int> symbols) : IRansTarget
    {
        readonly TableIndices indices = indices;
        readonly Span<int> symbols = symbols;

        public int Count => symbols.Length;

        public int Decode(int first, int count, scoped Span<uint> states, int firstLane, scoped ReadOnlySpan<byte> words)
        {
            Span<short> block = stackalloc short[BlockSymbols];
            int read = 0;
            for (int start = 0; start < count; start += BlockSymbols)
            {
                Span<short> highs = block[..Math.Min(BlockSymbols, count - start)];
                read += RansDecodeIndexed.Run(
                    tables.Decoding,
                    indices.Slice(first + start, highs.Length),
                    states,
                    (firstLane + start) % states.Length,
                    words[Math.Min(read, words.Length)..],
                    highs);
                for (int i = 0; i < highs.Length; i++)
                {
                    symbols[first + start + i] = highs[i];
                }
            }

            return Math.Min(read, words.Length + 1);
        }
    }
}
