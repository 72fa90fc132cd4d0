using System.Runtime.InteropServices;
using Lacuna.Codecs.Images;

namespace Lacuna.Interop;

/// <summary>LAC_PROBE_* of lacuna/stream.h. The values are pinned in interop/abi/layout.txt.</summary>
enum Probe
{
    No = 0,
    Maybe = 1,
    Yes = 2,
}

/// <summary>lac_stream_properties of lacuna/stream.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct StreamProperties
{
    public uint StructSize;
    public int Version;
    public int Width;
    public int Height;
    public int Channels;
    public int HasModel;
    public double Quality;
    public ulong Model;

    public static StreamProperties From(in ImageInfo info) => new()
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
