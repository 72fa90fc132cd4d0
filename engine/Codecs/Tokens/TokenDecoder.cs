using System.Buffers;
using Lacuna.Bits;
using Lacuna.Entropy;
using Lacuna.Streams;

namespace Lacuna.Codecs.Tokens;

/// <summary>Reads chunks of tokens. Any bytes give a status; work and memory are bounded by the limit on tokens.</summary>
public static class TokenDecoder
{
    /// <summary>Decodes a chunk into memory of its own.</summary>
    /// <param name="source">The chunk and nothing after it.</param>
    /// <param name="info">Counts; null unless the result is done.</param>
    /// <param name="tokens">Shape [vectors, stages]; empty unless the result is done.</param>
    /// <param name="maxTokens">Chunks of more tokens are refused before memory is taken for them.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/>, <see cref="StreamStatus.LimitExceeded"/> or <see cref="StreamStatus.InvalidData"/>.
    /// </returns>
    public static StreamStatus Decode(
        ReadOnlySpan<byte> source, out TokenChunkInfo? info, out int[] tokens, int maxTokens = TokenChunk.DefaultMaxTokens) =>
        Decode(source, new TokenScratch(), out info, out tokens, maxTokens);

    internal static StreamStatus Decode(
        ReadOnlySpan<byte> source, TokenScratch scratch, out TokenChunkInfo? info, out int[] tokens, int maxTokens)
    {
        tokens = [];
        StreamStatus status = TokenChunk.Open(source, maxTokens, out info, out ReadOnlySpan<byte> stages);
        if (status != StreamStatus.Done || info is null)
        {
            return status;
        }

        var decoded = new int[info.Tokens];
        if (!TryDecodeStages(stages, scratch, info, decoded))
        {
            info = null;
            return StreamStatus.InvalidData;
        }

        tokens = decoded;
        return StreamStatus.Done;
    }

    static bool TryDecodeStages(ReadOnlySpan<byte> source, TokenScratch scratch, TokenChunkInfo info, int[] tokens)
    {
        var reader = new ByteReader(source);
        for (int stage = 0; stage < info.Codewords.Length; stage++)
        {
            if (!reader.TryReadU8(out byte method)
                || !reader.TryReadVarint(out ulong length) || length > int.MaxValue
                || !reader.TryReadBytes((int)length, out ReadOnlySpan<byte> bytes)
                || !TryDecodeStage((TokenChunk.Method)method, bytes, scratch, info, stage, tokens))
            {
                return false;
            }
        }

        return reader.Remaining.IsEmpty;
    }

    static bool TryDecodeStage(
        TokenChunk.Method method, ReadOnlySpan<byte> source, TokenScratch scratch, TokenChunkInfo info, int stage, int[] tokens)
    {
        int codewords = info.Codewords[stage];
        int bits = TokenChunk.BitsOf(codewords);
        Span<int> column = tokens.AsSpan(Math.Min(stage, tokens.Length));
        bool done = method switch
        {
            TokenChunk.Method.Stored => TryReadStored(source, info.Vectors, bits, info.Codewords.Length, column),
            TokenChunk.Method.Adaptive => TryReadAdaptive(source, scratch, info.Vectors, bits, info.Codewords.Length, column),
            TokenChunk.Method.Static => TryReadStatic(source, scratch, info.Vectors, bits, info.Codewords.Length, column),
            _ => false,
        };
        for (int i = 0; i < column.Length && done; i += info.Codewords.Length)
        {
            done = column[i] < codewords;
        }

        return done;
    }

    static bool TryReadStored(ReadOnlySpan<byte> source, int vectors, int bits, int stride, Span<int> tokens)
    {
        var fields = new BitReader(source);
        for (int v = 0; v < vectors; v++)
        {
            if (!fields.TryRead(bits, out uint token))
            {
                return false;
            }

            tokens[v * stride] = (int)token;
        }

        return fields.Consumed == source.Length && fields.PaddingIsZero;
    }

    static bool TryReadAdaptive(ReadOnlySpan<byte> source, TokenScratch scratch, int vectors, int bits, int stride, Span<int> tokens)
    {
        AdaptiveBit[] tree = vectors > 0 ? scratch.Tree(bits) : [];
        var decoder = new AdaptiveDecoder(source);
        for (int v = 0; v < vectors && !decoder.IsStarved; v++)
        {
            tokens[v * stride] = decoder.DecodeTree(tree, bits);
        }

        if (decoder.Finish() != OperationStatus.Done)
        {
            return false;
        }

        for (int v = 0; v < vectors; v++)
        {
            scratch.Forget(tokens[v * stride], bits);
        }

        return true;
    }

    static bool TryReadStatic(ReadOnlySpan<byte> source, TokenScratch scratch, int vectors, int bits, int stride, Span<int> tokens)
    {
        var reader = new ByteReader(source);
        byte[] plane = ArrayPool<byte>.Shared.Rent(Math.Max(vectors, 1));
        bool done = true;
        for (int shift = 0; shift < bits && done; shift += 8)
        {
            Span<byte> symbols = plane.AsSpan(0, vectors);
            done = reader.TryReadVarint(out ulong length) && length <= int.MaxValue
                && reader.TryReadBytes((int)length, out ReadOnlySpan<byte> block)
                && StaticRansDecoder.DecodeBlock(scratch.Table, block, symbols) == OperationStatus.Done;
            for (int v = 0; v < vectors && done; v++)
            {
                tokens[v * stride] |= symbols[v] << shift;
            }
        }

        ArrayPool<byte>.Shared.Return(plane);
        return done && reader.Remaining.IsEmpty;
    }
}
