using System.Runtime.InteropServices;
using Lacuna.Codecs.Images;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_image_encode_options of lacuna/image.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ImageEncodeOptions
{
    public uint StructSize;
    public int Threads;
    public double Quality;
    public long MaxBytes;

    public static ImageEncodeOptions Default => new() { Quality = new ImageEncoderOptions().Quality };

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly ImageEncoderOptions ToEngine()
    {
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(MaxBytes, 0, long.MaxValue, "options->max_bytes");
        Limits.WithinQuality(Quality);
        return new() { Quality = Quality, MaxBytes = MaxBytes == 0 ? null : MaxBytes, Threads = Threads };
    }
}

/// <summary>lac_image_decode_options of lacuna/image.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ImageDecodeOptions
{
    public uint StructSize;
    public int Threads;
    public long MaxPixels;
    public int Format;
    public uint Reserved;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly ImageDecoderOptions ToEngine()
    {
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(MaxPixels, 0, long.MaxValue, "options->max_pixels");
        Limits.Within(Reserved, 0, 0, "options->reserved");
        if (Format != 0)
        {
            PictureViews.CheckInterleaved(Format, "options->format");
        }

        var options = new ImageDecoderOptions { Threads = Threads };
        return MaxPixels == 0 ? options : options with { MaxPixels = MaxPixels };
    }
}
