using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>lac_memory of lacuna/host.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct MemoryFunctions
{
    public void* Context;
    public delegate* unmanaged[Cdecl]<void*, nuint, nuint, void*> Allocate;
    public delegate* unmanaged[Cdecl]<void*, void*, nuint, void> Release;
}

/// <summary>lac_runner of lacuna/host.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct RunnerFunctions
{
    public void* Context;
    public uint Workers;
    public delegate* unmanaged[Cdecl]<void*, delegate* unmanaged[Cdecl]<void*, uint, uint, void>, void*, uint, int> Run;
}

/// <summary>lac_progress of lacuna/host.h. The layout is pinned in interop/abi/layout.txt.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct ProgressFunctions
{
    public void* Context;
    public delegate* unmanaged[Cdecl]<void*, double, int> Report;
}
