using System.Runtime.InteropServices;
using Lacuna.Codecs.Images;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>lac_image_properties of lacuna/image.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ImageProperties
{
    public uint StructSize;
    public int Version;
    public int Width;
    public int Height;
    public int Channels;
    public int HasModel;
    public double Quality;
    public ulong Model;

    public static ImageProperties From(in ImageInfo info) => new()
    {
        Version = info.Version,
        Width = info.Width,
        Height = info.Height,
        Channels = (int)info.Layout,
        HasModel = info.HasModel ? 1 : 0,
        Quality = info.Quality,
        Model = info.Model,
    };
}

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
        if (!(Quality is >= 0 and <= 100))
        {
            throw new ArgumentException($"options->quality is {Quality}; it must be 0 to 100.");
        }

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

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public readonly ImageDecoderOptions ToEngine()
    {
        Limits.Within(Threads, 0, WorkerPool.MaxWorkers, "options->threads");
        Limits.Within(MaxPixels, 0, long.MaxValue, "options->max_pixels");
        var options = new ImageDecoderOptions { Threads = Threads };
        return MaxPixels == 0 ? options : options with { MaxPixels = MaxPixels };
    }
}
