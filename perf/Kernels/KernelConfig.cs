using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Lacuna.Perf.Kernels;

/// <summary>How kernels are measured: in this process, so that <c>LACUNA_ISA</c> and the build under test apply.</summary>
public sealed class KernelConfig : ManualConfig
{
    public KernelConfig() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
}
