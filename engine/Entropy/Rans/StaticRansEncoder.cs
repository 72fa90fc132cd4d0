using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Writes bytes under one distribution as an alias rANS stream.</summary>
/// <remarks>
/// <para>
/// <see cref="EncodeBlock"/> counts, fits a table and writes it before the stream: what a block of any bytes wants. <see cref="Encode"/>
/// writes the stream alone, for messages under a table that both sides have.
/// </para>
/// <code>
/// var table = new StaticTable();                                   // made once, used for every block
/// byte[] coded = new byte[StaticRansEncoder.MaxEncodedBytes(bytes.Length)];
/// StaticRansEncoder.EncodeBlock(table, bytes, coded, out int written);
/// StaticRansDecoder.DecodeBlock(table, coded.AsSpan(0, written), bytes);
/// </code>
/// <para>Stream: docs/format.md, section 4.6. Class: exact: the same bytes on every machine. Allocates nothing.</para>
/// </remarks>
public static class StaticRansEncoder
{
    /// <summary>Bytes that always hold the code of <paramref name="count"/> symbols and its table.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) =>
        StaticTable.MaxBytes + RansHeader.MaxBytes + ((long)RansEncodeStatic.MaxBytesPerSymbol * count);

    /// <summary>The number of lanes that encoders choose: a lane costs some 4 bits.</summary>
    /// <param name="bits">Information in the stream.</param>
    public static int LanesFor(double bits) => bits switch
    {
        < 8 * 1024 => 1,
        < 8 * 4096 => 4,
        < 8 * 12288 => 32,
        < 8 * 24576 => 64,
        < 8 * 49152 => 128,
        _ => 256,
    };

    /// <summary>Fits a table to a block and writes both.</summary>
    /// <param name="table">Fitted to the symbols, and then as written.</param>
    /// <param name="symbols">Any bytes.</param>
    /// <param name="destination">Receives table and stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>, or there are no symbols.</param>
    /// <param name="lanes">1, 4, 32, 64, 128 or 256; 0 chooses by the information in the symbols.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>, and then the contents of
    /// <paramref name="destination"/> are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such number of lanes.</exception>
    public static OperationStatus EncodeBlock(
        StaticTable table, ReadOnlySpan<byte> symbols, Span<byte> destination, out int written, int lanes = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        ThrowUnlessLanes(lanes);
        written = 0;
        if (symbols.IsEmpty)
        {
            return OperationStatus.Done;
        }

        Span<uint> counts = stackalloc uint[Histogram.Values];
        Histogram.Run(symbols, counts);
        table.Fit(counts);
        OperationStatus status = table.Write(destination, out int tableBytes);
        if (status == OperationStatus.Done)
        {
            status = EncodeChecked(table, symbols, destination[tableBytes..], out written, lanes);
        }

        written = status == OperationStatus.Done ? tableBytes + written : 0;
        return status;
    }

    /// <summary>Writes a stream under a table that the decoder has.</summary>
    /// <param name="table">The distribution.</param>
    /// <param name="symbols">The message.</param>
    /// <param name="destination">Receives the stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="lanes">1, 4, 32, 64, 128 or 256; 0 chooses by the information that so many symbols of the distribution have.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.DestinationTooSmall"/>; or
    /// <see cref="OperationStatus.InvalidData"/> where a symbol has no frequency. On failure the contents of
    /// <paramref name="destination"/> are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such number of lanes.</exception>
    public static OperationStatus Encode(
        StaticTable table, ReadOnlySpan<byte> symbols, Span<byte> destination, out int written, int lanes = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        ThrowUnlessLanes(lanes);
        written = 0;
        return Has(table, symbols) ? EncodeChecked(table, symbols, destination, out written, lanes) : OperationStatus.InvalidData;
    }

    static OperationStatus EncodeChecked(
        StaticTable table, ReadOnlySpan<byte> symbols, Span<byte> destination, out int written, int lanes)
    {
        written = 0;
        if (symbols.IsEmpty || table.OnlySymbol >= 0)
        {
            return OperationStatus.Done;
        }

        lanes = lanes == 0 ? LanesFor(symbols.Length * table.BitsPerSymbol()) : lanes;
        return RansStreamEncoder.Encode(new Block(table, symbols), lanes, destination, out written);
    }

    /// <summary>Whether all symbols have frequencies.</summary>
    static bool Has(StaticTable table, ReadOnlySpan<byte> symbols)
    {
        if (!table.Frequencies.Contains(0))
        {
            return true;
        }

        Span<uint> counts = stackalloc uint[Histogram.Values];
        Histogram.Run(symbols, counts);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0 && table.Frequencies[i] == 0)
            {
                return false;
            }
        }

        return true;
    }

    static void ThrowUnlessLanes(int lanes)
    {
        if (lanes != 0 && !RansHeader.IsLaneCount(lanes))
        {
            throw new ArgumentOutOfRangeException(nameof(lanes), "A stream has 1, 4, 32, 64, 128 or 256 lanes.");
        }
    }

    readonly ref struct Block(StaticTable table, ReadOnlySpan<byte> symbols) : IRansSymbols
    {
        readonly ReadOnlySpan<byte> symbols = symbols;

        public static int MaxBytesPerSymbol => RansEncodeStatic.MaxBytesPerSymbol;

        public int Count => symbols.Length;

        public int Encode(int first, int count, scoped Span<uint> states, int firstLane, scoped Span<byte> words) =>
            RansEncodeStatic.Run(table.Encoding, table.Slots, symbols.Slice(first, count), states, firstLane, words);
    }
}
