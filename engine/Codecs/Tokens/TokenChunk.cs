using System.Numerics;
using Lacuna.Bits;
using Lacuna.Kernels;
using Lacuna.Streams;

namespace Lacuna.Codecs.Tokens;

/// <summary>What the head of a chunk of tokens says.</summary>
/// <param name="Vectors">Vectors in the chunk.</param>
/// <param name="Codewords">Shape [stages]: values that a token of each stage may take, 1 to <see cref="TokenChunk.MaxCodewords"/>.</param>
public sealed record TokenChunkInfo(int Vectors, int[] Codewords)
{
    /// <summary>Tokens in the chunk.</summary>
    public long Tokens => (long)Vectors * Codewords.Length;
}

/// <summary>What an encoder may code the tokens of a stage by. Plain bits take its place where they are shorter.</summary>
public enum TokenModel
{
    /// <summary>Probabilities that learn: the fewest bytes, without a table, at some ten million tokens a second.</summary>
    Adaptive = 0,

    /// <summary>A table of frequencies for each byte of the tokens: decoded an order faster.</summary>
    Static = 1,
}

/// <summary>The frame of a chunk of tokens: its head and its check. Stream: docs/format.md, section 12.</summary>
public static class TokenChunk
{
    /// <summary>Most stages of a chunk.</summary>
    public const int MaxStages = 4096;

    /// <summary>Most values of a token; larger codebooks are split into digits (<see cref="Quantization.MixedRadix"/>).</summary>
    public const int MaxCodewords = 1 << 16;

    /// <summary>Most tokens that a decoder takes in one chunk unless its caller says otherwise.</summary>
    public const int DefaultMaxTokens = 1 << 26;

    /// <summary>No adaptive code is shorter: a decision takes 0.0007 bits at least.</summary>
    const int MostVectorsPerByte = 1 << 14;

    const int CheckBytes = sizeof(uint);

    /// <summary>How the tokens of a stage are written.</summary>
    internal enum Method : byte
    {
        /// <summary>Each in as many bits as the largest needs.</summary>
        Stored = 0,

        /// <summary>By adaptive probabilities, the high bit first.</summary>
        Adaptive = 1,

        /// <summary>A static rANS block of the low bytes, and one of the high bytes where there are any.</summary>
        Static = 2,
    }

    /// <summary>Reads the head of a chunk and proves its check.</summary>
    /// <param name="source">The chunk and nothing after it.</param>
    /// <param name="info">Null unless the result is done.</param>
    /// <param name="maxTokens">Chunks of more tokens are refused.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/>; <see cref="StreamStatus.LimitExceeded"/>; or <see cref="StreamStatus.InvalidData"/>, also where
    /// the chunk ends too soon, since its check is at its end.
    /// </returns>
    public static StreamStatus ReadInfo(ReadOnlySpan<byte> source, out TokenChunkInfo? info, int maxTokens = DefaultMaxTokens) =>
        Open(source, maxTokens, out info, out _);

    /// <summary>Bits that tell the values of a stage apart.</summary>
    internal static int BitsOf(int codewords) => codewords > 1 ? BitOperations.Log2((uint)codewords - 1) + 1 : 0;

    internal static long StoredBytes(int vectors, int bits) => ((long)vectors * bits + 7) / 8;

    /// <summary>Reads the head and gives what follows it up to the check.</summary>
    internal static StreamStatus Open(ReadOnlySpan<byte> source, int maxTokens, out TokenChunkInfo? info, out ReadOnlySpan<byte> stages)
    {
        info = null;
        stages = default;
        if (source.Length < CheckBytes)
        {
            return StreamStatus.InvalidData;
        }

        ReadOnlySpan<byte> body = source[..^CheckBytes];
        var check = new ByteReader(source[^CheckBytes..]);
        if (!check.TryReadU32(out uint expected) || Crc32C.Run(0, body) != expected)
        {
            return StreamStatus.InvalidData;
        }

        var reader = new ByteReader(body);
        if (!reader.TryReadVarint(out ulong vectors) || vectors > int.MaxValue
            || !reader.TryReadVarint(out ulong count) || count is 0 or > MaxStages)
        {
            return StreamStatus.InvalidData;
        }

        if (vectors * count > (ulong)maxTokens)
        {
            return StreamStatus.LimitExceeded;
        }

        var codewords = new int[count];
        bool saysNothing = TryReadCodewords(ref reader, codewords) && !codewords.AsSpan().ContainsAnyExcept(1);
        if (codewords[^1] == 0 || (!saysNothing && vectors > (ulong)source.Length * MostVectorsPerByte))
        {
            return StreamStatus.InvalidData;
        }

        info = new TokenChunkInfo((int)vectors, codewords);
        stages = reader.Remaining;
        return StreamStatus.Done;
    }

    /// <summary>Writes the head: counts, and runs of stages of as many codewords.</summary>
    internal static bool TryWriteHead(ref ByteWriter writer, int vectors, ReadOnlySpan<int> codewords)
    {
        bool done = writer.TryWriteVarint((ulong)vectors) && writer.TryWriteVarint((ulong)codewords.Length);
        for (int first = 0; first < codewords.Length;)
        {
            int after = codewords[first..].IndexOfAnyExcept(codewords[first]);
            int run = after < 0 ? codewords.Length - first : after;
            done = done && writer.TryWriteVarint((ulong)run) && writer.TryWriteVarint((ulong)codewords[first]);
            first += run;
        }

        return done;
    }

    static bool TryReadCodewords(ref ByteReader reader, Span<int> codewords)
    {
        for (int first = 0; first < codewords.Length;)
        {
            if (!reader.TryReadVarint(out ulong run) || run == 0 || run > (ulong)(codewords.Length - first)
                || !reader.TryReadVarint(out ulong count) || count is 0 or > MaxCodewords)
            {
                return false;
            }

            codewords.Slice(first, (int)run).Fill((int)count);
            first += (int)run;
        }

        return true;
    }
}
