using System.Runtime.InteropServices;
using Lacuna.Codecs;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_decoder_options of lacuna/decoder.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct DecoderOptions
{
    public uint StructSize;
    public int Format;
    public int Threads;
    public uint Flags;
    public ulong MaxPixels;
    public ulong MaxMemory;
    public ulong MaxStreamBytes;
    public nint* Models;
    public nuint ModelCount;
    public MemoryFunctions Memory;
    public RunnerFunctions Runner;
    public FrameFunctions Frames;
    public ProgressFunctions Progress;

    /// <summary>The bound on pixels, with the default in place.</summary>
    public readonly long PixelLimit => MaxPixels == 0 ? 1L << 28 : (long)ulong.Min(MaxPixels, Picture.PixelCeiling);

    /// <summary>The bound on a stream's bytes, with the default in place.</summary>
    public readonly long StreamLimit => MaxStreamBytes == 0 ? 1L << 30 : (long)ulong.Min(MaxStreamBytes, long.MaxValue);

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly void Check()
    {
        const int MostModels = 1024;
        if (Format != 0)
        {
            PictureViews.CheckFormat(Format, "options->format");
        }

        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(Flags, 0, 0, "options->flags");
        Limits.Within(ModelCount > MostModels ? long.MaxValue : (long)ModelCount, 0, MostModels, "options->model_count");
        if ((Frames.Allocate == null) != (Frames.Release == null))
        {
            throw new ArgumentException("options->frames has only one of its two functions.");
        }
    }
}
