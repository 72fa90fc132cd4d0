using Lacuna.Workers;

namespace Lacuna.Entropy;

/// <summary>Decompresses what <see cref="Compressor"/> made, and LZ4 frames from anywhere.</summary>
/// <remarks>
/// Chunks are decoded independently: with several threads at once, and what stands before a damaged one is right. After the first
/// calls nothing is allocated. Not for several callers at once. Format: docs/format.md, section 11.
/// </remarks>
public sealed unsafe class Decompressor : IDisposable
{
    /// <summary>Chunks that are shared out at a time.</summary>
    const int BatchChunks = 512;

    readonly DecompressorOptions options;
    readonly WorkerPool pool;
    readonly ChunkDecoder[] decoders;
    readonly Chunk[] batch = new Chunk[BatchChunks];
    readonly int[] offsets = new int[BatchChunks];
    readonly CompressionStatus[] statuses = new CompressionStatus[BatchChunks];
    readonly Action<int, int> decodeOne;
    byte* payload, output;
    int payloadBytes;

    /// <summary>Makes a decompressor, which keeps its threads and memory until it is disposed.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Decompressor(DecompressorOptions? options = null)
    {
        this.options = options ?? new DecompressorOptions();
        this.options.Check();
        pool = new WorkerPool(this.options.Threads);
        decoders = new ChunkDecoder[pool.Workers];
        for (int i = 0; i < decoders.Length; i++)
        {
            decoders[i] = new ChunkDecoder();
        }

        decodeOne = DecodeOne;
    }

    /// <summary>Reads what a payload says of itself, without decoding it; checks of chunks are not looked at.</summary>
    /// <param name="source">The whole payload; of an LZ4 frame the first 14 bytes suffice.</param>
    /// <param name="info">What it says; default unless the result is Done. Claims of the data, not yet held to any limit.</param>
    /// <returns>Done, Truncated, NotCompressed, Unsupported or InvalidData.</returns>
    public static CompressionStatus TryReadInfo(ReadOnlySpan<byte> source, out CompressedInfo info)
    {
        info = default;
        if (Lz4Frame.IsFrame(source))
        {
            info = new CompressedInfo(Lz4Frame.ContentBytes(source), 0, 0, 0, IsLz4Frame: true);
            return CompressionStatus.Done;
        }

        var scan = new ChunkScan(source, int.MaxValue, long.MaxValue);
        (int chunks, int most, int methods) = (0, 0, 0);
        while (scan.Next(out Chunk chunk))
        {
            chunks++;
            most = Math.Max(most, chunk.Count);
            methods |= 1 << (int)chunk.Method;
        }

        if (scan.Status == CompressionStatus.Done)
        {
            info = new CompressedInfo(scan.Bytes, chunks, most, methods, IsLz4Frame: false);
        }

        return scan.Status;
    }

    /// <summary>Decompresses a payload or LZ4 frame.</summary>
    /// <param name="source">All of it and nothing after it; any bytes.</param>
    /// <param name="destination">
    /// Receives the bytes, as many as <see cref="CompressedInfo.Bytes"/>; must not overlap the source. What lies behind
    /// <see cref="DecompressResult.Written"/> is unspecified.
    /// </param>
    /// <returns>The status, and where the fault lies.</returns>
    public DecompressResult Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (Lz4Frame.IsFrame(source))
        {
            return DecompressFrame(source, destination);
        }

        fixed (byte* from = source, to = destination)
        {
            payload = from;
            payloadBytes = source.Length;
            output = to;
            return DecompressChunks(source, destination.Length);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => pool.Dispose();

    DecompressResult DecompressChunks(ReadOnlySpan<byte> source, int room)
    {
        var scan = new ChunkScan(source, options.MaxChunkBytes, options.MaxBytes);
        int written = 0;
        bool more = true;
        while (more)
        {
            int count = 0;
            bool fits = true;
            while (count < BatchChunks && fits && (more = scan.Next(out Chunk chunk)))
            {
                fits = chunk.Count <= room - written;
                (batch[count], offsets[count]) = (chunk, written);
                written += fits ? chunk.Count : 0;
                count += fits ? 1 : 0;
            }

            pool.For(count, decodeOne);
            int at = Array.FindIndex(statuses, 0, count, status => status != CompressionStatus.Done);
            if (at >= 0)
            {
                return new DecompressResult(statuses[at], offsets[at], batch[at].Start);
            }

            if (!fits)
            {
                return new DecompressResult(CompressionStatus.DestinationTooSmall, written, batch[count].Start);
            }
        }

        return new DecompressResult(scan.Status, written, scan.Position);
    }

    void DecodeOne(int index, int worker)
    {
        var source = new ReadOnlySpan<byte>(payload, payloadBytes);
        Chunk chunk = batch[index];
        statuses[index] = chunk.IsIntact(source)
            ? decoders[worker].Decode(
                chunk.Method, source.Slice(chunk.Body, chunk.BodyBytes), new Span<byte>(output + offsets[index], chunk.Count))
            : CompressionStatus.InvalidData;
        options.Progress?.Report((double)chunk.End / payloadBytes);
    }

    DecompressResult DecompressFrame(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (Lz4Frame.ContentBytes(source) > options.MaxBytes)
        {
            return new DecompressResult(CompressionStatus.LimitExceeded, 0, 0);
        }

        bool limited = destination.Length > options.MaxBytes;
        Span<byte> room = limited ? destination[..(int)options.MaxBytes] : destination;
        CompressionStatus status = Lz4Frame.Decode(source, room, out int written, out int consumed);
        status = limited && status == CompressionStatus.DestinationTooSmall ? CompressionStatus.LimitExceeded : status;
        return new DecompressResult(status, written, consumed);
    }
}
