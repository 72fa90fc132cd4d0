using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Reads back what <see cref="IndexedRansEncoder"/> wrote, in any number of steps.</summary>
/// <remarks>
/// <para>Steps let the tables of later symbols depend on earlier ones, as the context passes of a learned codec want it.</para>
/// <para>Nothing here throws on bad data, reads outside the stream or works longer than the count that the caller gives.</para>
/// <para>Stream: docs/format.md, section 4. Allocates nothing.</para>
/// </remarks>
public ref struct IndexedRansDecoder
{
    const int BlockSymbols = 1 << 20;

    readonly TableSet tables;
    readonly ReadOnlySpan<byte> words;
    readonly int count;
    readonly int lanes;
    readonly int tailStart;
    int position;
    int wordsAt;
    int parkedAt;
    int parkedEnd;
    bool parked;
    LaneStates states;
    ParkedWords parkedWords;

    /// <summary>Opens a stream.</summary>
    /// <param name="tables">Equal to the encoder's.</param>
    /// <param name="source">The stream and nothing after it; not copied.</param>
    /// <param name="count">Symbols in the stream, 0 or more.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative.</exception>
    public IndexedRansDecoder(TableSet tables, ReadOnlySpan<byte> source, int count)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        this.tables = tables;
        this.count = count;
        lanes = 1;
        states[0] = RansHeader.AloneState;
        if (count == 0)
        {
            Status = source.IsEmpty ? OperationStatus.Done : OperationStatus.InvalidData;
            return;
        }

        Status = RansHeader.Read(source, count, states, out lanes, out int tail, out int consumed);
        tailStart = count - tail;
        words = source[consumed..];
        if (Status == OperationStatus.Done && words.Length % sizeof(ushort) != 0)
        {
            Status = OperationStatus.InvalidData;
        }
    }

    /// <summary>What the stream has come to so far; once it is not <see cref="OperationStatus.Done"/> it stays.</summary>
    public OperationStatus Status { get; private set; }

    /// <summary>Symbols not yet decoded.</summary>
    public readonly int Remaining => count - position;

    /// <summary>Decodes the next symbols.</summary>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">
    /// As long as <paramref name="indices"/>; all 0 unless the result is <see cref="OperationStatus.Done"/>.
    /// </param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the stream ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>. Most damage shows only in <see cref="Finish"/>, or in a checksum around the stream.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an index is outside the set, or more symbols are asked for than remain.
    /// </exception>
    public OperationStatus Decode(ReadOnlySpan<byte> indices, Span<short> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, indices.Length, nameof(symbols));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols.Length, Remaining, nameof(symbols));
        for (int done = 0; done < symbols.Length && Status == OperationStatus.Done;)
        {
            bool tail = position >= tailStart;
            int block = Math.Min(symbols.Length - done, tail ? BlockSymbols : Math.Min(BlockSymbols, tailStart - position));
            if (tail)
            {
                DecodeTail(indices.Slice(done, block), symbols.Slice(done, block));
            }
            else
            {
                DecodeInterleaved(indices.Slice(done, block), symbols.Slice(done, block));
            }

            position += block;
            done += block;
        }

        if (Status != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return Status;
    }

    /// <summary>Checks that the stream ends where its symbols do.</summary>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> where all words are read and all lanes are back where the encoder started;
    /// else <see cref="OperationStatus.InvalidData"/>, or what went wrong before.
    /// </returns>
    /// <exception cref="InvalidOperationException">Symbols remain.</exception>
    public OperationStatus Finish()
    {
        if (Remaining != 0 && Status == OperationStatus.Done)
        {
            throw new InvalidOperationException($"{Remaining} symbols have not been decoded.");
        }

        Park();
        uint start = lanes > 1 && tailStart == count ? RansDecodeIndexed.LowerBound : RansHeader.AloneState;
        bool closed = states[0] == start && wordsAt == words.Length && parkedAt == parkedEnd;
        Status = Status == OperationStatus.Done && !closed ? OperationStatus.InvalidData : Status;
        return Status;
    }

    void DecodeInterleaved(ReadOnlySpan<byte> indices, Span<short> symbols)
    {
        Span<uint> all = states;
        wordsAt += RansDecodeIndexed.Run(tables.Decoding, indices, all[..lanes], position % lanes, words[wordsAt..], symbols);
        if (wordsAt > words.Length)
        {
            wordsAt = words.Length;
            Status = OperationStatus.NeedMoreData;
        }
    }

    /// <summary>Lane 0 alone, reading the stream's words if it is the only lane and else the words of the other lanes.</summary>
    void DecodeTail(ReadOnlySpan<byte> indices, Span<short> symbols)
    {
        Park();
        Span<uint> all = states;
        ReadOnlySpan<byte> others = parkedWords;
        ReadOnlySpan<byte> source = lanes > 1 ? others[parkedAt..parkedEnd] : words[wordsAt..];

        // The encoder's first symbols leave a state too small to spill: the last refills find nothing, and rightly.
        int read = Math.Min(source.Length, RansDecodeIndexed.Run(tables.Decoding, indices, all[..1], 0, source, symbols));
        parkedAt += lanes > 1 ? read : 0;
        wordsAt += lanes > 1 ? 0 : read;
    }

    /// <summary>Takes the words of the tail from the lanes that have come to their end.</summary>
    void Park()
    {
        if (parked || lanes == 1 || Status != OperationStatus.Done)
        {
            return;
        }

        parked = true;
        Span<byte> destination = parkedWords;
        bool valid = wordsAt == words.Length;
        for (int lane = 1; lane < lanes; lane++)
        {
            uint state = states[lane];
            if (state >> 16 == RansHeader.LentState >> 16 && parkedEnd == sizeof(ushort) * (lane - 1))
            {
                BinaryPrimitives.WriteUInt16LittleEndian(destination[parkedEnd..], (ushort)state);
                parkedEnd += sizeof(ushort);
            }
            else
            {
                valid &= state == RansHeader.IdleState;
            }
        }

        Status = valid ? Status : OperationStatus.InvalidData;
    }
}
