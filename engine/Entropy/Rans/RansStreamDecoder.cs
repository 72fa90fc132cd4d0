using System.Buffers;

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
    readonly ReadOnlySpan<byte> words;
    RansStreamState state;

    /// <summary>Opens a stream.</summary>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="count">Symbols in the stream, 0 or more.</param>
    public RansStreamDecoder(ReadOnlySpan<byte> source, int count)
    {
        state = new RansStreamState(source, count, out int consumed);
        words = source[consumed..];
    }

    /// <summary>What the stream has come to so far; once it is not <see cref="OperationStatus.Done"/> it stays.</summary>
    public readonly OperationStatus Status => state.Status;

    /// <summary>Symbols not yet decoded.</summary>
    public readonly int Remaining => state.Remaining;

    /// <summary>Decodes the next symbols: all of the target's, at most as many as remain.</summary>
    public OperationStatus Decode<TTarget>(in TTarget target)
        where TTarget : IRansTarget, allows ref struct => state.Decode(words, target);

    /// <summary>Checks that all words are read and all lanes are back where the encoder started.</summary>
    public OperationStatus Finish() => state.Finish(words);
}
