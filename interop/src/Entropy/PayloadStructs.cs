using System.Runtime.InteropServices;
using Lacuna.Entropy;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_compress_options of lacuna/payload.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct CompressOptions
{
    public uint StructSize;
    public int Method;
    public int FloatKind;
    public int Lz4Level;
    public int ChunkBytes;
    public int Threads;

    public static CompressOptions Default => new()
    {
        FloatKind = (int)Lacuna.Entropy.FloatKind.BFloat16,
        ChunkBytes = new CompressorOptions().ChunkBytes,
        Threads = 1,
    };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly CompressorOptions ToEngine()
    {
        Limits.Within(Method, (int)CompressionMethod.Auto, (int)CompressionMethod.Floats, "options->method");
        Limits.Within(
            FloatKind, (int)Lacuna.Entropy.FloatKind.BFloat16, (int)Lacuna.Entropy.FloatKind.Float32, "options->float_kind");
        Limits.Within(Lz4Level, 0, Lz4Block.MaxLevel, "options->lz4_level");
        Limits.Within(ChunkBytes, CompressorOptions.LeastChunkBytes, CompressorOptions.MostChunkBytes, "options->chunk_bytes");
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        return new()
        {
            Method = (CompressionMethod)Method,
            FloatKind = (FloatKind)FloatKind,
            Lz4Level = Lz4Level,
            ChunkBytes = ChunkBytes,
            Threads = Threads,
        };
    }
}

/// <summary>lac_decompress_options of lacuna/payload.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct DecompressOptions
{
    public uint StructSize;
    public int Threads;
    public ulong MaxBytes;
    public int MaxChunkBytes;
    public uint Reserved;

    public static DecompressOptions Default => new() { Threads = 1 };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly DecompressorOptions ToEngine()
    {
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(MaxChunkBytes, 0, int.MaxValue, "options->max_chunk_bytes");
        Limits.Within(Reserved, 0, 0, "options->reserved");
        var options = new DecompressorOptions { Threads = Threads };
        return options with
        {
            MaxBytes = MaxBytes == 0 ? options.MaxBytes : (long)Math.Min(MaxBytes, long.MaxValue),
            MaxChunkBytes = MaxChunkBytes == 0 ? options.MaxChunkBytes : MaxChunkBytes,
        };
    }
}

/// <summary>lac_payload_properties of lacuna/payload.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct PayloadProperties
{
    public uint StructSize;
    public int Chunks;
    public long Bytes;
    public int MaxChunkBytes;
    public uint Methods;
    public int IsLz4Frame;
    public uint Reserved;

    public static PayloadProperties From(CompressedInfo info) => new()
    {
        Chunks = info.Chunks,
        Bytes = info.Bytes,
        MaxChunkBytes = info.MostChunkBytes,
        Methods = (uint)info.Methods,
        IsLz4Frame = info.IsLz4Frame ? 1 : 0,
    };
}
