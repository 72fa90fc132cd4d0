using System.Buffers;

namespace Lacuna.Entropy;

/// <summary>Writes symbols, each in a context told by number: <see cref="AdaptiveEncoder"/> for callers that have arrays.</summary>
/// <remarks>Stream: docs/format.md, sections 7.1 and 7.2; <see cref="ContextReader"/> reads it. Class: exact.</remarks>
public static class ContextCode
{
    /// <summary>Bytes of one symbol at most: contexts that have learnt the opposite cost 11 bits a decision.</summary>
    const int MaxBytesPerSymbol = 12;

    /// <summary>Bytes that always hold the code of <paramref name="count"/> symbols.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) => AdaptiveEncoder.MaxImplied + 1 + ((long)MaxBytesPerSymbol * count);

    /// <summary>Writes symbols.</summary>
    /// <param name="set">The contexts, which learn; new ones, as the decoder's are.</param>
    /// <param name="contexts">The context of each symbol.</param>
    /// <param name="symbols">As long as <paramref name="contexts"/>.</param>
    /// <param name="destination">Receives the stream from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a symbol has no context that can code it.</exception>
    public static OperationStatus Encode(
        ContextSet set, ReadOnlySpan<uint> contexts, ReadOnlySpan<uint> symbols, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, contexts.Length, nameof(symbols));
        set.Check(contexts, symbols);
        var encoder = new AdaptiveEncoder(destination);
        for (int i = 0; i < contexts.Length && !encoder.IsFull; i++)
        {
            set.Encode(ref encoder, contexts[i], symbols[i]);
        }

        return encoder.Finish(out written);
    }
}

/// <summary>Reads what <see cref="ContextCode"/> wrote, in any number of steps, for one stream after another.</summary>
/// <param name="set">Equal to the encoder's. Belongs to the reader from now on.</param>
public sealed class ContextReader(ContextSet set)
{
    byte[] bytes = [];
    int length;
    AdaptiveDecoder.State state = new AdaptiveDecoder([]).Saved;

    /// <summary>Opens a stream with new contexts, and forgets the one before.</summary>
    /// <param name="source">The stream and nothing after it; copied.</param>
    public void Begin(ReadOnlySpan<byte> source)
    {
        if (bytes.Length < source.Length)
        {
            bytes = GC.AllocateUninitializedArray<byte>(source.Length);
        }

        source.CopyTo(bytes);
        length = source.Length;
        set.Restart();
        state = new AdaptiveDecoder(Source).Saved;
    }

    /// <summary>Decodes the next symbols.</summary>
    /// <param name="contexts">The context of each.</param>
    /// <param name="symbols">As long as <paramref name="contexts"/>; all 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>, or <see cref="OperationStatus.NeedMoreData"/> where the stream has ended before.
    /// </returns>
    /// <exception cref="ArgumentException">Lengths differ, or there is no such context; then nothing is decoded.</exception>
    public OperationStatus Decode(ReadOnlySpan<uint> contexts, Span<uint> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(symbols.Length, contexts.Length, nameof(symbols));
        set.Check(contexts);
        var decoder = new AdaptiveDecoder(Source, state);
        for (int i = 0; i < contexts.Length && !decoder.IsStarved; i++)
        {
            symbols[i] = set.Decode(ref decoder, contexts[i]);
        }

        state = decoder.Saved;
        if (!decoder.IsStarved)
        {
            return OperationStatus.Done;
        }

        symbols.Clear();
        return OperationStatus.NeedMoreData;
    }

    /// <inheritdoc cref="AdaptiveDecoder.Finish"/>
    public OperationStatus Finish() => new AdaptiveDecoder(Source, state).Finish();

    ReadOnlySpan<byte> Source => bytes.AsSpan(0, length);
}
