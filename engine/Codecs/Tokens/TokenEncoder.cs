using System.Buffers;
using Lacuna.Bits;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Codecs.Tokens;

/// <summary>Writes the indices of quantised vectors as bytes: a chunk that decodes alone, with a model for each stage.</summary>
/// <remarks>
/// Stages differ in how their codewords are used, and vectors of one time in no way that is worth a common model; so each stage is
/// a stream of its own, under a model of its own where that is shorter and else in plain bits. Stream: docs/format.md, section 12.
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
    /// <param name="model">What the stages are coded by.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.DestinationTooSmall"/>; or
    /// <see cref="OperationStatus.InvalidData"/> where a token is outside its codebook.
    /// </returns>
    /// <exception cref="ArgumentException">There are no stages or too many, a number of codewords is out of range, or the tokens
    /// are no whole number of vectors.</exception>
    public static OperationStatus Encode(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> codewords, Span<byte> destination, out int written,
        TokenModel model = TokenModel.Adaptive)
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
                ref writer, new Stage(tokens[Math.Min(stage, tokens.Length)..], vectors, codewords.Length, codewords[stage]), model);
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

    static OperationStatus WriteStage(ref ByteWriter writer, Stage stage, TokenModel model)
    {
        for (int v = 0; v < stage.Vectors; v++)
        {
            if ((uint)stage[v] >= (uint)stage.Codewords)
            {
                return OperationStatus.InvalidData;
            }
        }

        int stored = checked((int)TokenChunk.StoredBytes(stage.Vectors, stage.Bits));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(stored, 1));
        Span<byte> shorter = buffer.AsSpan(0, Math.Max(stored - 1, 0));
        TokenChunk.Method method = model == TokenModel.Static ? TokenChunk.Method.Static : TokenChunk.Method.Adaptive;
        bool isShorter = model == TokenModel.Static
            ? TryEncodeStatically(stage, shorter, out int length)
            : TryEncodeAdaptively(stage, shorter, out length);
        if (stored == 0 || !isShorter)
        {
            method = TokenChunk.Method.Stored;
            length = stored;
            Store(stage, buffer);
        }

        bool done = writer.TryWriteU8((byte)method)
            && writer.TryWriteVarint((ulong)length)
            && writer.TryWriteBytes(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return done ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    static void Store(Stage stage, Span<byte> destination)
    {
        var fields = new BitWriter(destination);
        for (int v = 0; v < stage.Vectors; v++)
        {
            fields.Write((uint)stage[v], stage.Bits);
        }
    }

    static bool TryEncodeAdaptively(Stage stage, Span<byte> destination, out int written)
    {
        var tree = new AdaptiveBit[1 << stage.Bits];
        var encoder = new AdaptiveEncoder(destination);
        for (int v = 0; v < stage.Vectors && !encoder.IsFull; v++)
        {
            encoder.EncodeTree(tree, stage.Bits, stage[v]);
        }

        return encoder.Finish(out written) == OperationStatus.Done;
    }

    static bool TryEncodeStatically(Stage stage, Span<byte> destination, out int written)
    {
        written = 0;
        byte[] plane = ArrayPool<byte>.Shared.Rent(Math.Max(stage.Vectors, 1));
        byte[] block = ArrayPool<byte>.Shared.Rent(Math.Max(destination.Length, 1));
        var table = new StaticTable();
        var writer = new ByteWriter(destination);
        bool done = true;
        for (int shift = 0; shift < stage.Bits && done; shift += 8)
        {
            for (int v = 0; v < stage.Vectors; v++)
            {
                plane[v] = (byte)(stage[v] >> shift);
            }

            Span<byte> room = block.AsSpan(0, destination.Length);
            done = StaticRansEncoder.EncodeBlock(table, plane.AsSpan(0, stage.Vectors), room, out int length) == OperationStatus.Done
                && writer.TryWriteVarint((ulong)length) && writer.TryWriteBytes(room[..length]);
        }

        ArrayPool<byte>.Shared.Return(plane);
        ArrayPool<byte>.Shared.Return(block);
        written = done ? writer.Written : 0;
        return done;
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

    /// <summary>The tokens of one stage: one of every <paramref name="stride"/>.</summary>
    readonly ref struct Stage(ReadOnlySpan<int> tokens, int vectors, int stride, int codewords)
    {
        readonly ReadOnlySpan<int> tokens = tokens;

        public int Vectors => vectors;

        public int Codewords => codewords;

        public int Bits => TokenChunk.BitsOf(codewords);

        public int this[int vector] => tokens[vector * stride];
    }
}
