using System.Buffers.Binary;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>How the body of a chunk, or a plane within it, is coded.</summary>
/// <remarks>docs/format.md, section 11.</remarks>
enum ChunkMethod : byte
{
    /// <summary>Closes a payload: the count is the sum of all chunks'.</summary>
    End = 0,

    /// <summary>The bytes themselves.</summary>
    Stored = 1,

    /// <summary>One byte, which is all of them.</summary>
    Run = 2,

    /// <summary>A table and a static rANS stream.</summary>
    Rans = 3,

    /// <summary>An adaptive stream.</summary>
    Adaptive = 4,

    /// <summary>An LZ4 block.</summary>
    Lz4 = 5,

    /// <summary>Floats in planes, each coded by one of the methods above.</summary>
    Floats = 6,

    /// <summary>Symbols with a table each, whose indices are known from elsewhere: stands alone, never in a payload of bytes.</summary>
    Indexed = 7,
}

/// <summary>A chunk as its head describes it; nothing of it is checked yet.</summary>
/// <param name="Method">How the body is coded.</param>
/// <param name="Count">Bytes that it decodes to.</param>
/// <param name="Start">Where the chunk begins in the payload.</param>
/// <param name="Body">Where its body begins.</param>
/// <param name="BodyBytes">Bytes of the body.</param>
readonly record struct Chunk(ChunkMethod Method, int Count, int Start, int Body, int BodyBytes)
{
    /// <summary>Where the next chunk begins.</summary>
    public int End => Body + BodyBytes + ChunkFormat.CheckBytes;

    /// <summary>Whether the check at the end is that of the bytes.</summary>
    public bool IsIntact(ReadOnlySpan<byte> payload) =>
        Crc32C.Run(0, payload[Start..(Body + BodyBytes)]) == BinaryPrimitives.ReadUInt32LittleEndian(payload[(Body + BodyBytes)..]);
}

/// <summary>The bytes around the bodies of a payload: its first bytes, and the heads and checks of chunks.</summary>
/// <remarks>
/// <code>
///   payload := magic  version:u8 = 0  chunk ... chunk  end
///   chunk   := method:u8  count:varint  length:varint  body[length]  check:u32
///   end     := 00  sum of counts:varint  00  check:u32
/// </code>
/// <para>Source: docs/format.md, section 11.</para>
/// </remarks>
static class ChunkFormat
{
    public const byte Version = 0;

    /// <summary>Bytes of magic and version.</summary>
    public const int HeadBytes = 5;

    public const int CheckBytes = sizeof(uint);

    /// <summary>Most bytes of a chunk beside its body, for counts of 31 bits.</summary>
    public const int MaxChunkOverhead = 1 + 5 + 5 + CheckBytes;

    /// <summary>Most bytes of the end.</summary>
    public const int MaxEndBytes = 1 + 5 + 1 + CheckBytes;

    /// <summary>First bytes of every payload: "LAC", and a byte that text transfer would damage.</summary>
    public static ReadOnlySpan<byte> Magic => [0x4C, 0x41, 0x43, 0x9A];

    /// <summary>Writes magic and version.</summary>
    public static void WriteHead(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        destination[Magic.Length] = Version;
    }

    /// <summary>Checks magic and version.</summary>
    public static CompressionStatus ReadHead(ReadOnlySpan<byte> payload) =>
        !payload.StartsWith(Magic)
            ? payload.Length < Magic.Length && Magic.StartsWith(payload) ? CompressionStatus.Truncated : CompressionStatus.NotCompressed
        : payload.Length < HeadBytes ? CompressionStatus.Truncated
        : payload[Magic.Length] != Version ? CompressionStatus.Unsupported
        : CompressionStatus.Done;

    /// <summary>Bytes of a number as a varint.</summary>
    public static int VarintBytes(int value) => ((32 - int.LeadingZeroCount(value | 1)) + 6) / 7;

    /// <summary>Writes the end.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteEnd(int total, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        _ = writer.TryWriteU8((byte)ChunkMethod.End) && writer.TryWriteVarint((ulong)total) && writer.TryWriteVarint(0);
        BinaryPrimitives.WriteUInt32LittleEndian(writer.Remaining, Crc32C.Run(0, destination[..writer.Written]));
        return writer.Written + CheckBytes;
    }

    /// <summary>Reads the head of the chunk at a place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="start">A place in it.</param>
    /// <param name="chunk">The chunk, which lies within the payload; default unless the result is Done.</param>
    /// <returns>Done, Truncated, or InvalidData for numbers that no chunk has.</returns>
    public static CompressionStatus ReadChunk(ReadOnlySpan<byte> payload, int start, out Chunk chunk)
    {
        chunk = default;
        var reader = new ByteReader(payload[start..]);
        if (!reader.TryReadU8(out byte method))
        {
            return CompressionStatus.Truncated;
        }

        if (!reader.TryReadVarint(out ulong count) || !reader.TryReadVarint(out ulong length))
        {
            return reader.Remaining.Length < ByteWriter.MaxVarintBytes ? CompressionStatus.Truncated : CompressionStatus.InvalidData;
        }

        if (count > int.MaxValue || length > int.MaxValue)
        {
            return CompressionStatus.InvalidData;
        }

        if ((long)length + CheckBytes > reader.Remaining.Length)
        {
            return CompressionStatus.Truncated;
        }

        chunk = new Chunk((ChunkMethod)method, (int)count, start, start + reader.Consumed, (int)length);
        return CompressionStatus.Done;
    }
}
