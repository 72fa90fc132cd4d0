using System.Buffers;
using Lacuna.Bits;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Codecs.Tokens;

/// <summary>Writes the indices of quantised vectors as bytes: a chunk that decodes alone, with a model for each stage.</summary>
/// <remarks>
/// Stages differ in how their codewords are used, and vectors of one time in no way that is worth a common model; so each stage is
/// a stream of its own, by adaptive probabilities where that is shorter and else in plain bits. Stream: docs/format.md, section 12.
/// Class: exact: the same bytes on every machine.
/// </remarks>
public static class TokenEncoder
{
    const int HeadBytes = 2 * ByteWriter.MaxVarintBytes;
    const int StageBytes = 1 + 3 * ByteWriter.MaxVarintBytes;

    /// <summary>Bytes that always hold a chunk.</summary>
    /// <param name="vectors">0 or more.</param>
    /// <param name="codewords">Shape [stages].</param>
    public static long MaxEncodedBytes(int vectors, ReadOnlySpan<int> codewords)
    {
        long bytes = HeadBytes + sizeof(uint);
        foreach (int count in codewords)
        {
            bytes += StageBytes + TokenChunk.StoredBytes(vectors, TokenChunk.BitsOf(count));
        }

        return bytes;
    }

    /// <summary>Writes a chunk.</summary>
    /// <param name="tokens">Shape [vectors, stages].</param>
    /// <param name="codewords">
    /// Shape [stages], 1 to <see cref="TokenChunk.MaxStages"/> of them: values that a token of each stage may take, 1 to
    /// <see cref="TokenChunk.MaxCodewords"/>.
    /// </param>
    /// <param name="destination">Receives the chunk from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is done.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.DestinationTooSmall"/>; or
    /// <see cref="OperationStatus.InvalidData"/> where a token is outside its codebook.
    /// </returns>
    /// <exception cref="ArgumentException">There are no stages or too many, a number of codewords is out of range, or the tokens
    /// are no whole number of vectors.</exception>
    public static OperationStatus Encode(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> codewords, Span<byte> destination, out int written)
    {
        written = 0;
        int vectors = Check(tokens, codewords);
        var writer = new ByteWriter(destination);
        if (!TokenChunk.TryWriteHead(ref writer, vectors, codewords))
        {
            return OperationStatus.DestinationTooSmall;
        }

        for (int stage = 0; stage < codewords.Length; stage++)
        {
            OperationStatus status = WriteStage(
                ref writer, tokens[Math.Min(stage, tokens.Length)..], vectors, codewords.Length, codewords[stage]);
            if (status != OperationStatus.Done)
            {
                return status;
            }
        }

        if (!writer.TryWriteU32(Crc32C.Run(0, destination[..writer.Written])))
        {
            return OperationStatus.DestinationTooSmall;
        }

        written = writer.Written;
        return OperationStatus.Done;
    }

    static OperationStatus WriteStage(ref ByteWriter writer, ReadOnlySpan<int> tokens, int vectors, int stride, int codewords)
    {
        for (int v = 0; v < vectors; v++)
        {
            if ((uint)tokens[v * stride] >= (uint)codewords)
            {
                return OperationStatus.InvalidData;
            }
        }

        int bits = TokenChunk.BitsOf(codewords);
        int stored = checked((int)TokenChunk.StoredBytes(vectors, bits));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(stored, 1));
        TokenChunk.Method method = TokenChunk.Method.Adaptive;
        if (!TryEncodeAdaptively(tokens, vectors, stride, bits, buffer.AsSpan(0, stored), out int length))
        {
            method = TokenChunk.Method.Stored;
            var fields = new BitWriter(buffer);
            for (int v = 0; v < vectors; v++)
            {
                fields.Write((uint)tokens[v * stride], bits);
            }

            length = stored;
        }

        bool done = writer.TryWriteU8((byte)method)
            && writer.TryWriteVarint((ulong)length)
            && writer.TryWriteBytes(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return done ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <summary>Encodes a stage if that is shorter than the destination.</summary>
    static bool TryEncodeAdaptively(ReadOnlySpan<int> tokens, int vectors, int stride, int bits, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.IsEmpty)
        {
            return false;
        }

        var tree = new AdaptiveBit[1 << bits];
        var encoder = new AdaptiveEncoder(destination[..^1]);
        for (int v = 0; v < vectors && !encoder.IsFull; v++)
        {
            encoder.EncodeTree(tree, bits, tokens[v * stride]);
        }

        return encoder.Finish(out written) == OperationStatus.Done;
    }

    static int Check(ReadOnlySpan<int> tokens, ReadOnlySpan<int> codewords)
    {
        ArgumentOutOfRangeException.ThrowIfZero(codewords.Length, nameof(codewords));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(codewords.Length, TokenChunk.MaxStages, nameof(codewords));
        foreach (int count in codewords)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(codewords));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, TokenChunk.MaxCodewords, nameof(codewords));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length % codewords.Length, 0, nameof(tokens));
        return tokens.Length / codewords.Length;
    }
}
