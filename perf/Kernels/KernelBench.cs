using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Base of a kernel's benchmark: one row a variant that this process may run.</summary>
[Config(typeof(KernelConfig))]
public abstract class KernelBench<TFn>
    where TFn : Delegate
{
    /// <summary>The variant that the row measures.</summary>
    [ParamsSource(nameof(Levels))]
    public IsaLevel Level { get; set; }

    public IEnumerable<IsaLevel> Levels => Table.Runnable.Select(variant => variant.Level);

    protected abstract KernelTable<TFn> Table { get; }

    protected TFn Variant => Table.Runnable.Single(variant => variant.Level == Level).Run;
}
