namespace Lacuna.Entropy;

/// <summary>How <see cref="Compressor"/> works. Neither threads nor the instruction set change a byte of what it makes.</summary>
public sealed record CompressorOptions
{
    /// <summary>The least that <see cref="ChunkBytes"/> may be.</summary>
    public const int LeastChunkBytes = 1 << 10;

    /// <summary>The most that <see cref="ChunkBytes"/> may be, which every decoder takes by default.</summary>
    public const int MostChunkBytes = 1 << 24;

    /// <summary>The method.</summary>
    public CompressionMethod Method { get; init; }

    /// <summary>What the bytes are, for <see cref="CompressionMethod.Floats"/>.</summary>
    public FloatKind FloatKind { get; init; } = FloatKind.BFloat16;

    /// <summary>0: fast; 1 to <see cref="Lz4Block.MaxLevel"/>: smaller and slower; for LZ4 alone.</summary>
    public int Lz4Level { get; init; }

    /// <summary>Bytes of input in each chunk but the last, <see cref="LeastChunkBytes"/> to <see cref="MostChunkBytes"/>.</summary>
    public int ChunkBytes { get; init; } = 1 << 20;

    /// <summary>Threads that compress; 0: one a processor.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Receives the share of the chunks that are done, 0 to 1, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        if (Method is < CompressionMethod.Auto or > CompressionMethod.Floats || !FloatKinds.IsKnown(FloatKind))
        {
            throw new ArgumentException($"There is no method {Method} for {FloatKind}.", nameof(Method));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Lz4Level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lz4Level, Lz4Block.MaxLevel);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkBytes, LeastChunkBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ChunkBytes, MostChunkBytes);
    }
}

/// <summary>What <see cref="Decompressor"/> puts up with. The defaults are safe for data from anywhere.</summary>
public sealed record DecompressorOptions
{
    /// <summary>Chunks that declare more bytes are refused. Memory: at most this much for each thread, taken as it is needed.</summary>
    public int MaxChunkBytes { get; init; } = CompressorOptions.MostChunkBytes;

    /// <summary>Payloads that declare more bytes in all are refused.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Threads that decompress; 0: one a processor. Never changes a byte or a status.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Receives the share of the source that has been read, 0 to 1, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxChunkBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxBytes);
    }
}
