using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Reads back what <see cref="StaticRansEncoder"/> wrote.</summary>
/// <remarks>
/// <para>
/// Nothing here throws on bad data, reads outside the source, or works longer than the number of symbols asked for. Damage that leaves
/// a stream closed is possible in some 1 % of cases; a checksum around the stream is what counts.
/// </para>
/// <para>Stream: docs/format.md, section 4.6. Allocates nothing.</para>
/// </remarks>
public static class StaticRansDecoder
{
    /// <summary>Reads a table and the stream under it.</summary>
    /// <param name="table">Becomes the block's.</param>
    /// <param name="source">The block and nothing after it.</param>
    /// <param name="symbols">As many as were encoded; all 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the source ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>.
    /// </returns>
    public static OperationStatus DecodeBlock(StaticTable table, ReadOnlySpan<byte> source, Span<byte> symbols)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (symbols.IsEmpty)
        {
            return source.IsEmpty ? OperationStatus.Done : OperationStatus.InvalidData;
        }

        OperationStatus status = table.Read(source, out int consumed);
        if (status != OperationStatus.Done)
        {
            symbols.Clear();
            return status;
        }

        return Decode(table, source[consumed..], symbols);
    }

    /// <summary>Reads a stream under a table that is known.</summary>
    /// <param name="table">Equal to the encoder's.</param>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="symbols">As many as were encoded; all 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>As <see cref="DecodeBlock"/>.</returns>
    public static OperationStatus Decode(StaticTable table, ReadOnlySpan<byte> source, Span<byte> symbols)
    {
        ArgumentNullException.ThrowIfNull(table);
        OperationStatus status;
        if (table.OnlySymbol >= 0)
        {
            symbols.Fill((byte)table.OnlySymbol);
            status = source.IsEmpty ? OperationStatus.Done : OperationStatus.InvalidData;
        }
        else
        {
            var decoder = new RansStreamDecoder(source, symbols.Length);
            decoder.Decode(new Block(table, symbols));
            status = decoder.Finish();
        }

        if (status != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return status;
    }

    readonly ref struct Block(StaticTable table, Span<byte> symbols) : IRansTarget
    {
        readonly Span<byte> symbols = symbols;

        public int Count => symbols.Length;

        public int Decode(int first, int count, scoped Span<uint> states, int firstLane, scoped ReadOnlySpan<byte> words) =>
            RansDecodeStatic.Run(table.Decoding, states, firstLane, words, symbols.Slice(first, count));
    }
}
