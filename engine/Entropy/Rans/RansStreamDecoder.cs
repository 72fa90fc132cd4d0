using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Decodes symbols of one kind under their tables.</summary>
interface IRansTarget
{
    /// <summary>Number of symbols.</summary>
    int Count { get; }

    /// <summary>Decodes a range of the symbols.</summary>
    /// <param name="first">The first symbol.</param>
    /// <param name="count">Symbols.</param>
    /// <param name="states">One state a lane; updated.</param>
    /// <param name="firstLane">The lane of the first symbol.</param>
    /// <param name="words">Read forward; where none is left a state stays as it is.</param>
    /// <returns>Bytes of <paramref name="words"/> read; more than its length where words were wanted and none was left.</returns>
    int Decode(int first, int count, scoped Span<uint> states, int firstLane, scoped ReadOnlySpan<byte> words);
}

/// <summary>Reads one rANS stream of symbols of any kind, in any number of steps: the inverse of <see cref="RansStreamEncoder"/>.</summary>
/// <remarks>Nothing here throws on bad data, reads outside the stream or works longer than the count that the caller gives.</remarks>
ref struct RansStreamDecoder
{
    const int BlockSymbols = 1 << 20;

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
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="count">Symbols in the stream, 0 or more.</param>
    public RansStreamDecoder(ReadOnlySpan<byte> source, int count)
    {
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

    /// <summary>Decodes the next symbols: all of the target's, at most as many as remain.</summary>
    public OperationStatus Decode<TTarget>(in TTarget target)
        where TTarget : IRansTarget, allows ref struct
    {
        for (int done = 0; done < target.Count && Status == OperationStatus.Done;)
        {
            bool tail = position >= tailStart;
            int block = Math.Min(target.Count - done, tail ? BlockSymbols : Math.Min(BlockSymbols, tailStart - position));
            if (tail)
            {
                DecodeTail(target, done, block);
            }
            else
            {
                DecodeInterleaved(target, done, block);
            }

            position += block;
            done += block;
        }

        return Status;
    }

    /// <summary>Checks that all words are read and all lanes are back where the encoder started.</summary>
    public OperationStatus Finish()
    {
        Park();
        uint start = lanes > 1 && tailStart == count ? RansDecodeIndexed.LowerBound : RansHeader.AloneState;
        bool closed = states[0] == start && wordsAt == words.Length && parkedAt == parkedEnd;
        Status = Status == OperationStatus.Done && !closed ? OperationStatus.InvalidData : Status;
        return Status;
    }

    void DecodeInterleaved<TTarget>(in TTarget target, int first, int symbols)
        where TTarget : IRansTarget, allows ref struct
    {
        Span<uint> all = states;
        wordsAt += target.Decode(first, symbols, all[..lanes], position % lanes, words[wordsAt..]);
        if (wordsAt > words.Length)
        {
            wordsAt = words.Length;
            Status = OperationStatus.NeedMoreData;
        }
    }

    /// <summary>Lane 0 alone, reading the stream's words if it is the only lane and else the words of the other lanes.</summary>
    void DecodeTail<TTarget>(in TTarget target, int first, int symbols)
        where TTarget : IRansTarget, allows ref struct
    {
        Park();
        Span<uint> all = states;
        ReadOnlySpan<byte> others = parkedWords;
        ReadOnlySpan<byte> source = lanes > 1 ? others[parkedAt..parkedEnd] : words[wordsAt..];

        // The encoder's first symbols leave a state too small to spill: the last refills find nothing, and rightly.
        int read = Math.Min(source.Length, target.Decode(first, symbols, all[..1], 0, source));
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
