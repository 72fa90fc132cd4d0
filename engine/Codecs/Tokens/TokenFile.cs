using Lacuna.Bits;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Codecs.Tokens;

/// <summary>A file of tokens: which codebook they need, and chunks that are coded apart from each other.</summary>
/// <remarks>Stream: docs/format.md, section 12.</remarks>
/// <param name="Codebook">Names the codebook: the first eight bytes of its file's SHA-256, little-endian; 0 for none.</param>
/// <param name="Codewords">Shape [stages]: values that a token of each stage may take.</param>
/// <param name="Tokens">Shape [vectors, stages].</param>
public sealed record TokenFile(ulong Codebook, int[] Codewords, int[] Tokens)
{
    /// <summary>Tokens of a chunk, but for the last.</summary>
    const int ChunkTokens = 1 << 18;

    const uint Magic = 0x5443414C; // "LACT"
    const byte Version = 0;

    /// <summary>Vectors in the file.</summary>
    public int Vectors => Tokens.Length / Codewords.Length;

    /// <summary>Writes the file.</summary>
    /// <param name="workers">Threads that share the chunks; null for the caller's alone. They change no byte.</param>
    /// <param name="model">What the stages are coded by.</param>
    /// <exception cref="ArgumentException">As for <see cref="TokenEncoder.Encode"/>, or a token is outside its codebook.</exception>
    public byte[] ToArray(WorkerPool? workers = null, TokenModel model = TokenModel.Adaptive)
    {
        int stages = Codewords.Length;
        int chunkElements = Math.Max(1, ChunkTokens / Math.Max(stages, 1)) * stages;
        var chunks = new byte[Math.Max(1, (Tokens.Length + chunkElements - 1) / Math.Max(chunkElements, 1))][];
        void Encode(int chunk, int worker)
        {
            int first = chunk * chunkElements;
            chunks[chunk] = EncodeChunk(Tokens.AsSpan(first, Math.Min(chunkElements, Tokens.Length - first)), Codewords, model);
        }

        for (int i = 0; i < chunks.Length && workers is null; i++)
        {
            Encode(i, 0);
        }

        workers?.For(chunks.Length, Encode);
        return Join(chunks);
    }

    /// <summary>Reads a file. Any bytes give a status.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="file">Null unless the result is done.</param>
    /// <param name="maxTokens">Files of more tokens are refused.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/>, <see cref="StreamStatus.NotAStream"/>, <see cref="StreamStatus.UnsupportedVersion"/>,
    /// <see cref="StreamStatus.Truncated"/>, <see cref="StreamStatus.LimitExceeded"/> or <see cref="StreamStatus.InvalidData"/>.
    /// </returns>
    public static StreamStatus Read(ReadOnlySpan<byte> source, out TokenFile? file, int maxTokens = TokenChunk.DefaultMaxTokens)
    {
        file = null;
        var reader = new ByteReader(source);
        if (!reader.TryReadU32(out uint magic) || magic != Magic)
        {
            return StreamStatus.NotAStream;
        }

        if (!reader.TryReadU8(out byte version) || !reader.TryReadU64(out ulong codebook))
        {
            return StreamStatus.Truncated;
        }

        if (version != Version)
        {
            return StreamStatus.UnsupportedVersion;
        }

        int[] codewords = [];
        var chunks = new List<int[]>();
        var scratch = new TokenScratch();
        int left = maxTokens;
        do
        {
            StreamStatus status = ReadChunk(ref reader, scratch, left, out TokenChunkInfo? info, out int[] decoded);
            if (status != StreamStatus.Done || info is null)
            {
                return status;
            }

            if (codewords.Length > 0 && !codewords.AsSpan().SequenceEqual(info.Codewords))
            {
                return StreamStatus.InvalidData;
            }

            codewords = info.Codewords;
            chunks.Add(decoded);
            left -= decoded.Length;
        }
        while (!reader.Remaining.IsEmpty);

        file = new TokenFile(codebook, codewords, Join(chunks, maxTokens - left));
        return StreamStatus.Done;
    }

    static int[] Join(List<int[]> chunks, int count)
    {
        if (chunks.Count == 1)
        {
            return chunks[0];
        }

        var tokens = new int[count];
        int at = 0;
        foreach (int[] chunk in chunks)
        {
            chunk.CopyTo(tokens, at);
            at += chunk.Length;
        }

        return tokens;
    }

    static StreamStatus ReadChunk(ref ByteReader reader, TokenScratch scratch, int maxTokens, out TokenChunkInfo? info, out int[] tokens)
    {
        (info, tokens) = (null, []);
        if (!reader.TryReadVarint(out ulong length))
        {
            return StreamStatus.Truncated;
        }

        return length <= int.MaxValue && reader.TryReadBytes((int)length, out ReadOnlySpan<byte> chunk)
            ? TokenDecoder.Decode(chunk, scratch, out info, out tokens, maxTokens)
            : StreamStatus.Truncated;
    }

    static byte[] EncodeChunk(ReadOnlySpan<int> tokens, int[] codewords, TokenModel model)
    {
        var buffer = new byte[checked((int)TokenEncoder.MaxEncodedBytes(tokens.Length / Math.Max(codewords.Length, 1), codewords))];
        System.Buffers.OperationStatus status = TokenEncoder.Encode(tokens, codewords, buffer, out int written, model);
        return status == System.Buffers.OperationStatus.Done
            ? buffer[..written]
            : throw new ArgumentException("A token is outside its codebook.", nameof(tokens));
    }

    byte[] Join(byte[][] chunks)
    {
        var file = new byte[checked(
            sizeof(uint) + 1 + sizeof(ulong) + chunks.Sum(chunk => chunk.Length) + ByteWriter.MaxVarintBytes * chunks.Length)];
        var writer = new ByteWriter(file);
        bool fits = writer.TryWriteU32(Magic) && writer.TryWriteU8(Version) && writer.TryWriteU64(Codebook);
        foreach (byte[] chunk in chunks)
        {
            fits = fits && writer.TryWriteVarint((ulong)chunk.Length) && writer.TryWriteBytes(chunk);
        }

        return fits ? file[..writer.Written] : throw new InvalidOperationException("The file has outgrown its bound.");
    }
}
