using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Where the reading of one rANS stream stands, without the stream's bytes: for decoders of any kind and lifetime.</summary>
/// <remarks>Nothing here throws on bad data, reads outside the stream or works longer than the count that the caller gives.</remarks>
struct RansStreamState
{
    const int BlockSymbols = 1 << 20;

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
    /// <param name="consumed">Receives the bytes of the header: the words follow.</param>
    public RansStreamState(ReadOnlySpan<byte> source, int count, out int consumed)
    {
        this.count = count;
        lanes = 1;
        states[0] = RansHeader.AloneState;
        consumed = 0;
        if (count == 0)
        {
            Status = source.IsEmpty ? OperationStatus.Done : OperationStatus.InvalidData;
            return;
        }

        Status = RansHeader.Read(source, count, states, out lanes, out int tail, out consumed);
        tailStart = count - tail;
        if (Status == OperationStatus.Done && (source.Length - consumed) % sizeof(ushort) != 0)
        {
            Status = OperationStatus.InvalidData;
        }
    }

    /// <summary>What the stream has come to so far; once it is not <see cref="OperationStatus.Done"/> it stays.</summary>
    public OperationStatus Status { get; private set; }

    /// <summary>Symbols not yet decoded.</summary>
    public readonly int Remaining => count - position;

    /// <summary>Decodes the next symbols: all of the target's, at most as many as remain.</summary>
    /// <param name="words">What follows the header, the same at every call.</param>
    /// <param name="target">Where the symbols go.</param>
    public OperationStatus Decode<TTarget>(ReadOnlySpan<byte> words, in TTarget target)
        where TTarget : IRansTarget, allows ref struct
    {
        for (int done = 0; done < target.Count && Status == OperationStatus.Done;)
        {
            bool tail = position >= tailStart;
            int block = Math.Min(target.Count - done, tail ? BlockSymbols : Math.Min(BlockSymbols, tailStart - position));
            if (tail)
            {
                DecodeTail(words, target, done, block);
            }
            else
            {
                DecodeInterleaved(words, target, done, block);
            }

            position += block;
            done += block;
        }

        return Status;
    }

    /// <summary>Checks that all words are read and all lanes are back where the encoder started.</summary>
    public OperationStatus Finish(ReadOnlySpan<byte> words)
    {
        Park(words);
        uint start = lanes > 1 && tailStart == count ? RansDecodeIndexed.LowerBound : RansHeader.AloneState;
        bool closed = states[0] == start && wordsAt == words.Length && parkedAt == parkedEnd;
        Status = Status == OperationStatus.Done && !closed ? OperationStatus.InvalidData : Status;
        return Status;
    }

    void DecodeInterleaved<TTarget>(ReadOnlySpan<byte> words, in TTarget target, int first, int symbols)
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
    void DecodeTail<TTarget>(ReadOnlySpan<byte> words, in TTarget target, int first, int symbols)
        where TTarget : IRansTarget, allows ref struct
    {
        Park(words);
        Span<uint> all = states;
        ReadOnlySpan<byte> others = parkedWords;
        ReadOnlySpan<byte> source = lanes > 1 ? others[parkedAt..parkedEnd] : words[wordsAt..];

        // The encoder's first symbols leave a state too small to spill: the last refills find nothing, and rightly.
        int read = Math.Min(source.Length, target.Decode(first, symbols, all[..1], 0, source));
        parkedAt += lanes > 1 ? read : 0;
        wordsAt += lanes > 1 ? 0 : read;
    }

    /// <summary>Takes the words of the tail from the lanes that have come to their end.</summary>
    void Park(ReadOnlySpan<byte> words)
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
