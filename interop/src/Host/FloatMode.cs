using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>The floating-point mode in which results are defined, for as long as a call lasts; then the host's is back.</summary>
/// <remarks>
/// A thread of the host's may round otherwise, drop small numbers or trap: then bits would change, and streams would not decode.
/// Threads that are started meanwhile inherit the mode. Costs some 5 ns.
/// </remarks>
readonly ref partial struct FloatMode
{
    readonly ulong former;

    FloatMode(ulong former) => this.former = former;

    /// <summary>Sets the mode. Dispose the result at the end of the call.</summary>
    public static FloatMode Standard() => new(Enter());

    /// <summary>Brings the host's mode back.</summary>
    public void Dispose() => Leave(former);

    [LibraryImport("lacuna_native", EntryPoint = "lac__floats_enter")]
    [SuppressGCTransition]
    private static partial ulong Enter();

    [LibraryImport("lacuna_native", EntryPoint = "lac__floats_leave")]
    [SuppressGCTransition]
    private static partial void Leave(ulong former);
}
