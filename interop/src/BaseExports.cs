using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/base.h promises. No logic lives here.</summary>
static unsafe class BaseExports
{
    /// <summary>LAC_ABI_VERSION.</summary>
    public const uint AbiVersion = 1;

    // Allocated once, never freed: callers keep the pointer.
    static readonly nint Version = Marshal.StringToCoTaskMemUTF8(typeof(BaseExports).Assembly.GetName().Version!.ToString(3));

    [UnmanagedCallersOnly(EntryPoint = "lac_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    static uint GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "lac_version_string", CallConvs = [typeof(CallConvCdecl)])]
    static nint VersionString() => Version;

    [UnmanagedCallersOnly(EntryPoint = "lac_isa_level", CallConvs = [typeof(CallConvCdecl)])]
    static int GetIsaLevel() => (int)Isa.Level;

    [UnmanagedCallersOnly(EntryPoint = "lac_status_name", CallConvs = [typeof(CallConvCdecl)])]
    static byte* StatusName(Status status) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(StatusText.Utf8(status)));

    [UnmanagedCallersOnly(EntryPoint = "lac_error_detail", CallConvs = [typeof(CallConvCdecl)])]
    static nuint ErrorDetail(byte* text, nuint capacity)
    {
        try
        {
            return (nuint)Fault.CopyDetail(Native.Output(text, text == null ? 0 : capacity, nameof(text)));
        }
        catch (Exception)
        {
            return 0;
        }
    }
}
