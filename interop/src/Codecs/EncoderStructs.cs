using System.Runtime.InteropServices;
using Lacuna.Codecs.Images;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_encoder_options of lacuna/encoder.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct EncoderOptions
{
    public uint StructSize;
    public int Threads;
    public double Quality;
    public ulong MaxBytes;
    public uint Flags;
    public uint Reserved;
    public nint Model;
    public MemoryFunctions Memory;
    public RunnerFunctions Runner;
    public ProgressFunctions Progress;

    public static EncoderOptions Default => new() { Quality = new ImageEncoderOptions().Quality };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly void Check()
    {
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.WithinQuality(Quality);
        Limits.Within(Flags, 0, 0, "options->flags");
        Limits.Within(Reserved, 0, 0, "options->reserved");
    }
}
