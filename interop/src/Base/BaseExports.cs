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

    /// <summary>lac_init is C (interop/native/host.c): it settles signals, and then starts the runtime by calling this.</summary>
    [UnmanagedCallersOnly(EntryPoint = "lac__init", CallConvs = [typeof(CallConvCdecl)])]
    static Status Init(InitOptions* options)
    {
        try
        {
            InitOptions chosen = Native.Options(options, default, nameof(options));
            Limits.Within(chosen.Signals, 0, 1, "options->signals");
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_isa_level", CallConvs = [typeof(CallConvCdecl)])]
    static int GetIsaLevel() => (int)Isa.Level;

    [UnmanagedCallersOnly(EntryPoint = "lac_set_isa_level", CallConvs = [typeof(CallConvCdecl)])]
    static Status SetIsaLevel(int level)
    {
        try
        {
            Limits.Within(level, (int)IsaLevel.Scalar, (int)IsaLevel.Avx512, nameof(level));
            Isa.Lower((IsaLevel)level);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_get_counters", CallConvs = [typeof(CallConvCdecl)])]
    static Status GetCounters(Counters* counters)
    {
        try
        {
            Native.Fill(counters, default, nameof(counters));
            Native.Fill(counters, Counters.Now(), nameof(counters));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

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
