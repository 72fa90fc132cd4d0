namespace Lacuna.Kernels;

/// <summary>One implementation of a kernel and the level it needs.</summary>
/// <param name="level">The level a processor must have.</param>
/// <param name="run">The implementation; it checks nothing.</param>
public readonly struct Variant<TFn>(IsaLevel level, TFn run)
    where TFn : Delegate
{
    /// <summary>The level a processor must have.</summary>
    public IsaLevel Level { get; } = level;

    /// <summary>The implementation; it checks nothing.</summary>
    public TFn Run { get; } = run;

    /// <summary>The level's name, as checks and benchmarks print it.</summary>
    public override string ToString() => Level.ToString();
}

/// <summary>
/// Every implementation of one kernel, slowest first by measurement. The first row is the reference.
/// Dispatch, the checks and the benchmarks all read this one list.
/// </summary>
/// <param name="name">The kernel's name: its folder, type, check and benchmark carry it too.</param>
/// <param name="variants">The reference, then every faster row.</param>
public sealed class KernelTable<TFn>(string name, params Variant<TFn>[] variants)
    where TFn : Delegate
{
    Binding? binding;

    /// <summary>The kernel's name.</summary>
    public string Name { get; } = name;

    /// <summary>Defines what the kernel means. Never optimised.</summary>
    public Variant<TFn> Reference => variants[0];

    /// <summary>The rows that this process may run, slowest first.</summary>
    public IEnumerable<Variant<TFn>> Runnable => Array.FindAll(variants, v => Isa.Allows(v.Level));

    /// <summary>The row that callers get: the last that <see cref="Isa.Level"/> allows now.</summary>
    public TFn Best
    {
        get
        {
            Binding? known = Volatile.Read(ref binding);
            return known is not null && known.Level == Isa.Level ? known.Run : Bind(Isa.Level);
        }
    }

    TFn Bind(IsaLevel level)
    {
        TFn run = Array.FindLast(variants, v => v.Level <= level).Run;
        Volatile.Write(ref binding, new Binding(level, run));
        return run;
    }

    /// <summary>The row for a level.</summary>
    sealed class Binding(IsaLevel level, TFn run)
    {
        public IsaLevel Level { get; } = level;

        public TFn Run { get; } = run;
    }
}
