using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>Four pointers in a row, as C has arrays in structures.</summary>
[InlineArray(4)]
struct FourPointers
{
    nint first;
}

/// <summary>lac_frame of lacuna/media.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Frame
{
    public uint StructSize;
    public int Format;
    public int Width;
    public int Height;
    public FourPointers Planes;
    public FourPointers Strides;
    public long Pts;
    public long Duration;
    public long Offset;
    public void* UserData;
    public nint Reference;

    /// <summary>LAC_FRAME_INIT.</summary>
    public static Frame Empty => new() { Pts = Packet.Unknown, Duration = Packet.Unknown, Offset = Packet.Unknown };
}

/// <summary>lac_packet of lacuna/media.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Packet
{
    /// <summary>LAC_UNKNOWN.</summary>
    public const long Unknown = long.MinValue;

    public uint StructSize;
    public uint Flags;
    public byte* Data;
    public nuint Size;
    public long Pts;
    public long Duration;
    public long Offset;
    public void* UserData;
    public nint Reference;

    /// <summary>LAC_PACKET_INIT.</summary>
    public static Packet Empty => new() { Pts = Unknown, Duration = Unknown, Offset = Unknown };
}

/// <summary>lac_frame_allocator of lacuna/media.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct FrameFunctions
{
    public void* Context;
    public delegate* unmanaged[Cdecl]<void*, Frame*, void**, int> Allocate;
    public delegate* unmanaged[Cdecl]<void*, Frame*, void*, void> Release;
}
