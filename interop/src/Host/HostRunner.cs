using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>The caller's threads, as lac_runner describes them.</summary>
sealed unsafe class HostRunner : IParallelRunner
{
    readonly RunnerFunctions functions;

    HostRunner(in RunnerFunctions functions) => this.functions = functions;

    /// <inheritdoc/>
    public int Workers => (int)functions.Workers;

    /// <returns>Null where the structure is all zero.</returns>
    /// <exception cref="ArgumentException">Workers are out of range, or there is no function.</exception>
    public static HostRunner? From(in RunnerFunctions functions)
    {
        if (functions.Run == null)
        {
            return functions.Workers == 0 ? null : throw new ArgumentException("options->runner has workers but no function.");
        }

        Limits.Within(functions.Workers, 1, WorkerPool.MaxWorkers, "options->runner.workers");
        return new(functions);
    }

    /// <inheritdoc/>
    public bool Run(WorkerPool pool, int count)
    {
        // The caller's threads see the pool through its address on this stack, which outlives the call.
        WorkerPool shared = pool;
        return functions.Run(functions.Context, &Work, Unsafe.AsPointer(ref shared), (uint)count) == 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Work(void* argument, uint index, uint worker)
    {
        try
        {
            using FloatMode floats = FloatMode.Standard();
            Unsafe.AsRef<WorkerPool>(argument).Execute((int)index, (int)worker);
        }
        catch (Exception error)
        {
            Fault.Record(error); // Execute keeps what the work throws: this is the caller's misuse
        }
    }
}
