using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Writes symbols, each under a distribution of its own, as one alias rANS stream.</summary>
/// <remarks>
/// <para>
/// rANS is a stack: symbols go in from the last to the first, so the encoder wants all of them at once;
/// <see cref="IndexedRansDecoder"/> gives them back in any number of steps.
/// </para>
/// <para>Stream: docs/format.md, section 4. Class: exact: the same bytes on every machine.</para>
/// </remarks>
public static class IndexedRansEncoder
{
    /// <summary>Symbols from which the information in a stream is estimated at most.</summary>
    const int SampledSymbols = 1 << 12;

    /// <summary>Bytes that always hold the code of <paramref name="count"/> symbols.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) => RansHeader.MaxBytes + ((long)RansEncodeIndexed.MaxBytesPerSymbol * count);

    /// <summary>The number of lanes that encoders choose: a lane costs some 4 bits.</summary>
    /// <remarks>More than 64 gain less than a tenth on any vector width, and their tail is longer: they are for large streams.</remarks>
    /// <param name="bits">Information in the stream.</param>
    public static int LanesFor(double bits) => bits switch
    {
        < 8 * 1024 => 1,
        < 8 * 4096 => 4,
        < 8 * 12288 => 32,
        < 8 * 262144 => 64,
        < 8 * 1048576 => 128,
        _ => 256,
    };

    /// <summary>Writes a stream.</summary>
    /// <param name="tables">The distributions.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>; any values.</param>
    /// <param name="destination">Receives the stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="lanes">1, 4, 32, 64, 128 or 256; 0 chooses by the information in the symbols.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>, and then the contents of
    /// <paramref name="destination"/> are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">Lengths differ, an index is outside the set, or there is no such number of lanes.</exception>
    public static OperationStatus Encode(
        TableSet tables,
        ReadOnlySpan<byte> indices,
        ReadOnlySpan<short> symbols,
        Span<byte> destination,
        out int written,
        int lanes = 0) =>
        Encode(tables, new TableIndices(indices), symbols, destination, out written, lanes);

    /// <inheritdoc cref="Encode(TableSet, ReadOnlySpan{byte}, ReadOnlySpan{short}, Span{byte}, out int, int)"/>
    public static OperationStatus Encode(
        TableSet tables,
        ReadOnlySpan<ushort> indices,
        ReadOnlySpan<short> symbols,
        Span<byte> destination,
        out int written,
        int lanes = 0) =>
        Encode(tables, new TableIndices(indices), symbols, destination, out written, lanes);

    /// <inheritdoc cref="Encode(TableSet, ReadOnlySpan{byte}, ReadOnlySpan{short}, Span{byte}, out int, int)"/>
    public static OperationStatus Encode(
        TableSet tables, TableIndices indices, ReadOnlySpan<short> symbols, Span<byte> destination, out int written, int lanes = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        tables.ThrowUnlessIndexed(indices, symbols.Length);
        ThrowUnlessLanes(lanes);
        written = 0;
        if (symbols.Length == 0)
        {
            return OperationStatus.Done;
        }

        lanes = lanes == 0 ? LanesFor(Estimate(tables, indices, symbols)) : lanes;
        return RansStreamEncoder.Encode(new Symbols(tables, indices, symbols), lanes, destination, out written);
    }

    internal static void ThrowUnlessLanes(int lanes)
    {
        if (lanes != 0 && !RansHeader.IsLaneCount(lanes))
        {
            throw new ArgumentOutOfRangeException(nameof(lanes), "A stream has 1, 4, 32, 64, 128 or 256 lanes.");
        }
    }

    /// <summary>Bits of all symbols by those of evenly spaced ones.</summary>
    static double Estimate(TableSet tables, TableIndices indices, ReadOnlySpan<short> symbols)
    {
        int step = ((symbols.Length - 1) / SampledSymbols) + 1;
        double bits = 0;
        for (int i = 0; i < symbols.Length; i += step)
        {
            bits += tables.Cost(indices[i], symbols[i]);
        }

        return bits * step;
    }

    readonly ref struct Symbols(TableSet tables, TableIndices indices, ReadOnlySpan<short> symbols) : IRansSymbols
    {
        readonly TableIndices indices = indices;
        readonly ReadOnlySpan<short> symbols = symbols;

        public static int MaxBytesPerSymbol => RansEncodeIndexed.MaxBytesPerSymbol;

        public int Count => symbols.Length;

        public int Encode(int first, int count, scoped Span<uint> states, int firstLane, scoped Span<byte> words) =>
            RansEncodeIndexed.Run(
                tables.Encoding, indices.Slice(first, count), symbols.Slice(first, count), states, firstLane, words);
    }
}
