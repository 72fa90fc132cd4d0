using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>lac_init_options of lacuna/base.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct InitOptions
{
    public uint StructSize;
    public int Signals;
}

/// <summary>lac_counters of lacuna/base.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
struct Counters
{
    public uint StructSize;
    public uint Handles;
    public ulong NativeBytes;
    public ulong ManagedBytes;
    public ulong ManagedAllocated;

    public static Counters Now() => new()
    {
        Handles = (uint)Interop.Handles.Live,
        NativeBytes = (ulong)(BufferAllocator.LiveBytes + HostMemory.LiveBytes),
        ManagedBytes = (ulong)GC.GetTotalMemory(forceFullCollection: false),
        ManagedAllocated = (ulong)GC.GetTotalAllocatedBytes(precise: true),
    };
}
