using BenchmarkDotNet.Running;
using Lacuna.Perf.Kernels;

return args switch
{
    ["kernels", "--quick", ..] => QuickTimes.Run(),
    ["kernels", .. var rest] => Kernels(rest),
    _ => Usage(),
};

static int Kernels(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(QuickTimes).Assembly).Run(args);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        kernels [OPTIONS]   BenchmarkDotNet over the kernels, one row a variant (--filter '*Pointwise*', --list flat, ...)
        kernels --quick     every kernel, variant and shape in half a minute
        """);
    return 2;
}
