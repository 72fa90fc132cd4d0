using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>An <see cref="IndexedRansDecoder"/> that lives on: an object with a copy of the stream.</summary>
/// <remarks>
/// One reader reads any number of streams, one after the other, and allocates only where one is longer than those before. One thread at
/// a time.
/// </remarks>
public sealed class IndexedRansReader
{
    byte[] bytes = [];
    TableSet? tables;
    RansStreamState state = new([], 0, out _);
    int wordsAt;
    int length;

    /// <summary>What the stream has come to so far; once it is not <see cref="OperationStatus.Done"/> it stays.</summary>
    public OperationStatus Status => state.Status;

    /// <summary>Symbols not yet decoded.</summary>
    public int Remaining => state.Remaining;

    /// <summary>Opens a stream and forgets the one before.</summary>
    /// <param name="set">Equal to the encoder's.</param>
    /// <param name="source">The stream and nothing after it; copied.</param>
    /// <param name="count">Symbols in the stream, 0 or more.</param>
    /// <returns><see cref="OperationStatus.Done"/>, or what is wrong with the stream's first bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative.</exception>
    public OperationStatus Begin(TableSet set, ReadOnlySpan<byte> source, int count)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (bytes.Length < source.Length)
        {
            bytes = GC.AllocateUninitializedArray<byte>(source.Length);
        }

        source.CopyTo(bytes);
        (tables, length) = (set, source.Length);
        state = new RansStreamState(source, count, out wordsAt);
        return Status;
    }

    /// <inheritdoc cref="IndexedRansDecoder.Decode(ReadOnlySpan{byte}, Span{short})"/>
    public OperationStatus Decode(TableIndices indices, Span<short> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols.Length, Remaining, nameof(symbols));
        if (tables is null)
        {
            return Status; // before the first stream, of no symbols
        }

        tables.ThrowUnlessIndexed(indices, symbols.Length);
        if (state.Decode(Words, new IndexedRansTarget(tables, indices, symbols)) != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return Status;
    }

    /// <inheritdoc cref="IndexedRansDecoder.Finish"/>
    public OperationStatus Finish()
    {
        if (Remaining != 0 && Status == OperationStatus.Done)
        {
            throw new InvalidOperationException($"{Remaining} symbols have not been decoded.");
        }

        return state.Finish(Words);
    }

    ReadOnlySpan<byte> Words => bytes.AsSpan(wordsAt, length - wordsAt);
}

/// <summary>Symbols to decode, each under a table of a set.</summary>
readonly ref struct IndexedRansTarget(TableSet tables, TableIndices indices, Span<short> symbols) : IRansTarget
{
    readonly TableIndices indices = indices;
    readonly Span<short> symbols = symbols;

    public int Count => symbols.Length;

    public int Decode(int first, int count, scoped Span<uint> states, int firstLane, scoped ReadOnlySpan<byte> words) =>
        RansDecodeIndexed.Run(
            tables.Decoding, indices.Slice(first, count), states, firstLane, words, symbols.Slice(first, count));
}
