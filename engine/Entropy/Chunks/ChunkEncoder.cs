using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Encodes one chunk after another, with memory of its own: one for each worker.</summary>
/// <remarks>Format: docs/format.md, section 11.</remarks>
sealed class ChunkEncoder(CompressorOptions options)
{
    /// <summary>Bytes that encoding may touch beside a chunk's content: heads of the chunk and of four planes, kind, check.</summary>
    const int Slack = ChunkFormat.MaxChunkOverhead + 1 + (4 * 6);

    readonly MethodChooser chooser = new();
    ChunkScratch planes;
    StaticTable? table;

    /// <summary>Bytes that <see cref="Encode"/> wants to write to; it leaves fewer.</summary>
    public static int RoomBytes(int count) => count + Slack;

    /// <summary>Encodes a chunk.</summary>
    /// <param name="source">Its content, 1 byte or more.</param>
    /// <param name="destination">Receives the chunk; at least <see cref="RoomBytes"/> long.</param>
    /// <returns>Bytes of the chunk.</returns>
    public int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ChunkMethod method = options.Method switch
        {
            CompressionMethod.Stored => ChunkMethod.Stored,
            CompressionMethod.Rans => ChunkMethod.Rans,
            CompressionMethod.Adaptive => ChunkMethod.Adaptive,
            CompressionMethod.Lz4 => ChunkMethod.Lz4,
            CompressionMethod.Floats => ChunkMethod.Floats,
            _ => ChunkMethod.Stored,
        };
        FloatKind kind = options.FloatKind;
        if (options.Method == CompressionMethod.Auto)
        {
            method = chooser.Choose(source, options.Lz4Level, out kind);
        }

        int body = 1 + (2 * ChunkFormat.VarintBytes(source.Length));
        int bodyBytes = method == ChunkMethod.Floats
            ? EncodeFloats(source, kind, destination[body..])
            : EncodeBytes(ref method, source, destination[body..]);
        if (bodyBytes >= source.Length)
        {
            source.CopyTo(destination[body..]);
            (method, bodyBytes) = (ChunkMethod.Stored, source.Length);
        }

        int end = PutHead(destination, method, source.Length, body, bodyBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[end..], Crc32C.Run(0, destination[..end]));
        return end + ChunkFormat.CheckBytes;
    }

    /// <summary>Encodes bytes by a method, or as a run, or stores them where that is shorter.</summary>
    /// <returns>Bytes written, at most the source's.</returns>
    int EncodeBytes(ref ChunkMethod method, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!source.ContainsAnyExcept(source[0]))
        {
            method = ChunkMethod.Run;
            destination[0] = source[0];
            return 1;
        }

        int written = 0;
        Span<byte> shorter = destination[..(source.Length - 1)];
        bool coded = method switch
        {
            ChunkMethod.Rans =>
                StaticRansEncoder.EncodeBlock(table ??= new StaticTable(), source, shorter, out written) == OperationStatus.Done,
            ChunkMethod.Adaptive => AdaptiveBytes.Encode(source, shorter, out written) == OperationStatus.Done,
            ChunkMethod.Lz4 => Lz4Block.Encode(source, shorter, options.Lz4Level, out written) == CompressionStatus.Done,
            _ => false,
        };
        if (coded)
        {
            return written;
        }

        method = ChunkMethod.Stored;
        source.CopyTo(destination);
        return source.Length;
    }

    int EncodeFloats(ReadOnlySpan<byte> source, FloatKind kind, Span<byte> destination)
    {
        int width = kind.Width();
        int count = source.Length / width;
        destination[0] = (byte)kind;
        int written = 1;
        if (count > 0)
        {
            Span<byte> split = planes.Get(width * count);
            FloatSplit.Run(source[..(width * count)], width, split);
            for (int i = 0; i < width; i++)
            {
                written += EncodePlane(split.Slice(i * count, count), destination[written..]);
            }
        }

        ReadOnlySpan<byte> rest = source[(width * count)..];
        rest.CopyTo(destination[written..]);
        return written + rest.Length;
    }

    int EncodePlane(ReadOnlySpan<byte> plane, Span<byte> destination)
    {
        ChunkMethod method = chooser.ForPlane(plane);
        int body = 1 + ChunkFormat.VarintBytes(plane.Length);
        int bodyBytes = EncodeBytes(ref method, plane, destination[body..]);
        return PutHead(destination, method, -1, body, bodyBytes);
    }

    /// <summary>Puts the head before a body, which moves where the head is shorter than the room left for it.</summary>
    /// <returns>Where the body ends.</returns>
    static int PutHead(Span<byte> destination, ChunkMethod method, int count, int body, int bodyBytes)
    {
        Span<byte> head = stackalloc byte[ChunkFormat.MaxChunkOverhead];
        var writer = new ByteWriter(head);
        _ = writer.TryWriteU8((byte)method) && (count < 0 || writer.TryWriteVarint((ulong)count))
            && writer.TryWriteVarint((ulong)bodyBytes);
        if (writer.Written != body)
        {
            destination.Slice(body, bodyBytes).CopyTo(destination[writer.Written..]);
        }

        head[..writer.Written].CopyTo(destination);
        return writer.Written + bodyBytes;
    }
}
