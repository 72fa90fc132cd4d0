using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Writes symbols, each under a distribution of its own, as one alias rANS stream.</summary>
/// <remarks>
/// <para>
/// rANS is a stack: symbols go in from the last to the first, so the encoder wants all of them at once;
/// <see cref="IndexedRansDecoder"/> gives them back in any number of steps.
/// </para>
/// <para>
/// A lane's first state would be 16 bits that say nothing. Here the last symbols (the tail) are coded by lane 0 alone, which
/// starts from 1, and each word that it spills becomes the low half of another lane's first state. Together with states written
/// at their own length this brings the cost of a lane from 24 bits to some 4.
/// </para>
/// <para>Stream: docs/format.md, section 4. Class: exact: the same bytes on every machine.</para>
/// </remarks>
public static class IndexedRansEncoder
{
    const int BlockSymbols = 1024;

    /// <summary>A tail is at most this share of the symbols, since it decodes at the speed of one lane.</summary>
    const int TailShare = 16;

    /// <summary>Bytes that always hold the code of <paramref name="count"/> symbols.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) => RansHeader.MaxBytes + ((long)RansEncodeIndexed.MaxBytesPerSymbol * count);

    /// <summary>The number of lanes that <see cref="Encode"/> chooses: about 0.4 % of a stream goes to its lanes.</summary>
    /// <param name="bits">Information in the stream, as <see cref="TableSet.EstimateBits"/> gives it.</param>
    public static int LanesFor(double bits) => bits switch
    {
        < 8 * 1024 => 1,
        < 8 * 4096 => 4,
        < 8 * 12288 => 32,
        _ => 64,
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
        TableSet tables, ReadOnlySpan<byte> indices, ReadOnlySpan<short> symbols, Span<byte> destination, out int written, int lanes = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, indices.Length, nameof(symbols));
        written = 0;
        if (symbols.Length == 0)
        {
            return OperationStatus.Done;
        }

        lanes = lanes == 0 ? LanesFor(tables.EstimateBits(indices, symbols)) : lanes;
        if (!RansHeader.IsLaneCount(lanes))
        {
            throw new ArgumentOutOfRangeException(nameof(lanes), "A stream has 1, 4, 32, 64, 128 or 256 lanes.");
        }

        Span<uint> states = stackalloc uint[lanes];
        states[0] = RansHeader.AloneState;
        int tail = lanes > 1 ? EncodeTail(tables, indices, symbols, states) : 0;

        int at = EncodeBlocks(tables, indices[..^tail], symbols[..^tail], states, destination);
        Span<byte> header = stackalloc byte[RansHeader.MaxBytes];
        int headerBytes = RansHeader.Write(states, tail, header);
        if (at < headerBytes)
        {
            return OperationStatus.DestinationTooSmall;
        }

        destination[at..].CopyTo(destination[headerBytes..]);
        header[..headerBytes].CopyTo(destination);
        written = headerBytes + destination.Length - at;
        return OperationStatus.Done;
    }

    /// <summary>Fills the destination from its end.</summary>
    /// <returns>Where the words begin; -1 where they do not fit.</returns>
    static int EncodeBlocks(
        TableSet tables, ReadOnlySpan<byte> indices, ReadOnlySpan<short> symbols, Span<uint> states, Span<byte> destination)
    {
        Span<byte> words = stackalloc byte[BlockSymbols * RansEncodeIndexed.MaxBytesPerSymbol];
        RansEncodeIndexed.Tables encoding = tables.Encoding;
        int at = destination.Length;
        for (int end = symbols.Length; end > 0;)
        {
            int first = (end - 1) / BlockSymbols * BlockSymbols;
            int bytes = RansEncodeIndexed.Run(
                encoding, indices[first..end], symbols[first..end], states, first % states.Length, words);
            at -= bytes;
            if (at < 0)
            {
                return -1;
            }

            words[^bytes..].CopyTo(destination[at..]);
            end = first;
        }

        return at;
    }

    /// <summary>Codes the last symbols by lane 0 until every other lane has a word of theirs to start from.</summary>
    /// <returns>The number of these symbols.</returns>
    static int EncodeTail(TableSet tables, ReadOnlySpan<byte> indices, ReadOnlySpan<short> symbols, Span<uint> states)
    {
        RansEncodeIndexed.Tables encoding = tables.Encoding;
        Span<byte> parked = stackalloc byte[sizeof(ushort) * (states.Length - 1)];
        Span<byte> words = stackalloc byte[RansEncodeIndexed.MaxBytesPerSymbol];
        Span<uint> alone = states[..1];
        alone[0] = RansHeader.AloneState;
        int room = parked.Length;
        int tail = 0;

        for (int i = symbols.Length - 1; room > 0 && tail < symbols.Length / TailShare; i--)
        {
            uint before = alone[0];
            int bytes = RansEncodeIndexed.Run(encoding, indices.Slice(i, 1), symbols.Slice(i, 1), alone, 0, words);
            if (bytes > room)
            {
                alone[0] = before;
                break;
            }

            room -= bytes;
            words[^bytes..].CopyTo(parked[room..]);
            tail++;
        }

        // A lane that goes on among others needs a whole state.
        bool grown = alone[0] >= RansDecodeIndexed.LowerBound;
        alone[0] = grown ? alone[0] : RansDecodeIndexed.LowerBound;
        for (int lane = 1; lane < states.Length; lane++)
        {
            int word = room + (sizeof(ushort) * (lane - 1));
            states[lane] = grown && word < parked.Length
                ? RansHeader.LentState | BinaryPrimitives.ReadUInt16LittleEndian(parked[word..])
                : RansHeader.IdleState;
        }

        return grown ? tail : 0;
    }
}
