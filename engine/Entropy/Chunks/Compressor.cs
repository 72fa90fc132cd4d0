using Lacuna.Workers;

namespace Lacuna.Entropy;

/// <summary>Compresses bytes to a payload: a row of chunks, each with a method, a size and a checksum of its own.</summary>
/// <remarks>
/// <para>
/// Chunks are made independently, so several threads work at once; their number does not change a byte. After the first calls
/// nothing is allocated. Not for several callers at once.
/// </para>
/// <para>Format: docs/format.md, section 11. Which method: docs/entropy.md.</para>
/// </remarks>
public sealed unsafe class Compressor : IDisposable
{
    readonly CompressorOptions options;
    readonly WorkerPool pool;
    readonly ChunkEncoder[] encoders;
    readonly ChunkScratch[] outputs;
    readonly Action<int, int> encodeOne;
    byte* input, output;
    int inputBytes, outputBytes;

    /// <summary>Chunks whose place is known, and where the next goes; past the output where it does not fit.</summary>
    int placed;
    long end;

    /// <summary>Makes a compressor, which keeps its threads and memory until it is disposed.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Compressor(CompressorOptions? options = null)
    {
        this.options = options ?? new CompressorOptions();
        this.options.Check();
        pool = new WorkerPool(this.options.Threads);
        encoders = new ChunkEncoder[pool.Workers];
        outputs = new ChunkScratch[pool.Workers];
        for (int i = 0; i < encoders.Length; i++)
        {
            encoders[i] = new ChunkEncoder(this.options);
        }

        encodeOne = EncodeOne;
    }

    /// <summary>How it works.</summary>
    public CompressorOptions Options => options;

    /// <summary>Bytes that always hold the payload of <paramref name="count"/> bytes, whatever they are.</summary>
    /// <param name="count">Bytes, 0 or more.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <returns>At most 15 bytes a chunk and 16 in all more than <paramref name="count"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static long MaxCompressedBytes(int count, CompressorOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        options ??= new CompressorOptions();
        long overhead = (long)Chunks(count, options.ChunkBytes) * ChunkFormat.MaxChunkOverhead;
        return options.Method == CompressionMethod.Lz4Frame
            ? Lz4Frame.MaxEncodedBytes(count)
            : ChunkFormat.HeadBytes + count + overhead + ChunkFormat.MaxEndBytes;
    }

    /// <summary>Compresses bytes in one go.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DllNotFoundException">LZ4 is wanted, and the system has no <c>liblz4</c>.</exception>
    public static byte[] Compress(ReadOnlySpan<byte> source, CompressorOptions? options = null)
    {
        using var compressor = new Compressor(options);
        byte[] payload = GC.AllocateUninitializedArray<byte>(checked((int)MaxCompressedBytes(source.Length, options)));
        return compressor.Compress(source, payload, out int written) == CompressionStatus.Done
            ? payload[..written]
            : throw new DllNotFoundException("LZ4 is wanted, and the system has no liblz4.");
    }

    /// <summary>Compresses bytes.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="destination">
    /// Receives the payload from index 0; must not overlap the source. <see cref="MaxCompressedBytes"/> bytes always suffice.
    /// </param>
    /// <param name="written">Bytes of the payload; 0 unless the result is Done.</param>
    /// <returns>
    /// <see cref="CompressionStatus.Done"/>, <see cref="CompressionStatus.DestinationTooSmall"/>, or
    /// <see cref="CompressionStatus.LibraryMissing"/> where <see cref="CompressionMethod.Lz4"/> or
    /// <see cref="CompressionMethod.Lz4Frame"/> is asked for and not there.
    /// </returns>
    public CompressionStatus Compress(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        written = 0;
        if (options.Method == CompressionMethod.Lz4Frame)
        {
            return Lz4Frame.Encode(source, destination, options.Lz4Level, out written);
        }

        if (options.Method == CompressionMethod.Lz4 && !Lz4Block.IsAvailable)
        {
            return CompressionStatus.LibraryMissing;
        }

        if (destination.Length < ChunkFormat.HeadBytes)
        {
            return CompressionStatus.DestinationTooSmall;
        }

        ChunkFormat.WriteHead(destination);
        fixed (byte* from = source, to = destination)
        {
            input = from;
            inputBytes = source.Length;
            output = to;
            outputBytes = destination.Length;
            (placed, end) = (0, ChunkFormat.HeadBytes);
            pool.For(Chunks(source.Length, options.ChunkBytes), encodeOne);
        }

        Span<byte> last = stackalloc byte[ChunkFormat.MaxEndBytes];
        last = last[..ChunkFormat.WriteEnd(source.Length, last)];
        if (end > destination.Length || !last.TryCopyTo(destination[(int)end..]))
        {
            return CompressionStatus.DestinationTooSmall;
        }

        written = (int)end + last.Length;
        return CompressionStatus.Done;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => pool.Dispose();

    static int Chunks(int count, int chunkBytes) => (int)(((long)count + chunkBytes - 1) / chunkBytes);

    /// <summary>Encodes a chunk straight to its place where that is known already, and otherwise beside it, until it is.</summary>
    void EncodeOne(int index, int worker)
    {
        int bytes = 0;
        Span<byte> chunk = default;
        bool inPlace = false;
        try
        {
            var source = new ReadOnlySpan<byte>(input, inputBytes);
            source = source.Slice(index * options.ChunkBytes, Math.Min(options.ChunkBytes, inputBytes - (index * options.ChunkBytes)));
            int room = ChunkEncoder.RoomBytes(source.Length);
            inPlace = Volatile.Read(ref placed) == index && outputBytes - end >= room;
            chunk = inPlace ? new Span<byte>(output + end, room) : outputs[worker].Get(room);
            bytes = encoders[worker].Encode(source, chunk);
        }
        finally
        {
            // Also where memory ran out: those who wait for this chunk's place must go on.
            long at = Place(index, bytes);
            if (!inPlace && at + bytes <= outputBytes)
            {
                chunk[..bytes].CopyTo(new Span<byte>(output + at, bytes));
            }

            options.Progress?.Report(Math.Min(1, (index + 1.0) * options.ChunkBytes / inputBytes));
        }
    }

    /// <summary>Waits until the chunks before have their places, and takes the next; they were begun earlier.</summary>
    long Place(int index, int bytes)
    {
        var wait = default(SpinWait);
        while (Volatile.Read(ref placed) != index)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        long at = end;
        end += bytes;
        Volatile.Write(ref placed, index + 1);
        return at;
    }
}
