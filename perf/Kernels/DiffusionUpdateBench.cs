using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>Mirror of kernels/DiffusionUpdate, on the latents of a 1024 x 1024 picture with 4 and with 16 channels.</summary>
public class DiffusionUpdateBench : KernelBench<DiffusionUpdate.Fn>
{
    float[] state = [], data = [], past1 = [], past2 = [], past3 = [], noise = [];
    byte[] output = [], unconditional = [];

    protected override KernelTable<DiffusionUpdate.Fn> Table => DiffusionUpdate.Table;

    [Params(4 * 128 * 128, 16 * 128 * 128)]
    public int Count { get; set; }

    /// <summary>Past tensors, 0 to 3; with any there are guidance and data to keep, with 3 there is noise as well.</summary>
    [Params(0, 1, 2, 3)]
    public int Past { get; set; }

    /// <summary>Tensors read and written.</summary>
    public int Tensors => 3 + (Past > 0 ? 2 : 0) + Past + (Past > 2 ? 1 : 0);

    [GlobalSetup]
    public void Setup()
    {
        state = Data.Uniform(Count, seed: 1);
        output = MemoryMarshal.AsBytes(Data.Uniform(Count, seed: 2).AsSpan()).ToArray();
        unconditional = Past > 0 ? MemoryMarshal.AsBytes(Data.Uniform(Count, seed: 3).AsSpan()).ToArray() : [];
        data = Past > 0 ? new float[Count] : [];
        past1 = Past > 0 ? Data.Uniform(Count, seed: 4) : [];
        past2 = Past > 1 ? Data.Uniform(Count, seed: 5) : [];
        past3 = Past > 2 ? Data.Uniform(Count, seed: 6) : [];
        noise = Past > 2 ? Data.Uniform(Count, seed: 7) : [];
    }

    [Benchmark]
    public bool Run() => Variant(
        new DiffusionWeights
        {
            Guidance = 7.5f,
            DataState = 0.5f,
            DataOutput = 0.5f,
            State = 0.5f,
            Output = Past > 0 ? 0 : 0.5f,
            Data = Past > 0 ? 0.5f : 0,
            Past1 = 0.1f,
            Past2 = 0.1f,
            Past3 = 0.1f,
            Noise = 0.1f,
        },
        new DiffusionTensors
        {
            State = state,
            Output = output,
            Unconditional = unconditional,
            Past1 = past1,
            Past2 = past2,
            Past3 = past3,
            Noise = noise,
        },
        state,
        data);
}
