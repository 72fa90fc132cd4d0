using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Sampling;

namespace Lacuna.Cli.Bench;

/// <summary>
/// One update of the latents by each of the common solvers, its noise included, beside a copy of memory of the same size; one
/// thread.
/// </summary>
sealed class SamplingArea : IBenchArea
{
    const int Side = 128;
    const int Steps = 20;

    /// <summary>A step in the middle of a run, where every solver is at its full order.</summary>
    const int Index = 10;

    /// <summary>Scale of the guidance; near 1, so that repeating one step leaves the latents in range.</summary>
    const float Scale = 1.5f;

    static readonly (string Name, Solver Solver, bool Guided)[] Solvers =
    [
        ("euler", new EulerSolver(), false),
        ("ddim", new EulerSolver(KeepsNoise: true), false),
        ("dpmpp2m", new DpmSolver(), true),
        ("unipc2", new UniPcSolver(), true),
        ("sde2m", new DpmSolver(Eta: 1), true),
    ];

    public string Name => "sampling";

    public string Description => "updates of latents by solvers, the loop, noise";

    public IReadOnlyList<BenchCase> Prepare(int processors) =>
        [.. Cases(channels: 4), .. Cases(channels: 16), .. Noises(), Overhead()];

    static IEnumerable<BenchCase> Cases(int channels)
    {
        int count = channels * Side * Side;
        string size = $"1x{channels}x{Side}x{Side}";
        float[] source = Values(count, seed: 1), destination = new float[count];
        yield return Microseconds($"memcpy-{size}", () => source.CopyTo(destination.AsSpan()));
        foreach ((string name, Solver solver, bool guided) in Solvers)
        {
            yield return Microseconds($"update-{name}-{size}", Update(solver, guided, count));
        }
    }

    /// <summary>A step of the loop beside network and update: latents of 64 elements, a network that answers at once.</summary>
    static BenchCase Overhead()
    {
        SamplingPlan plan = Plan(new UniPcSolver());
        var run = new SamplingRun(plan, new SilentNetwork());
        float[] latents = new float[SilentNetwork.Count];
        var source = new PhiloxNoise(1);
        return new BenchCase("loop-overhead", 1, "us", () => run.Run(latents, source), static seconds => 1e6 * seconds / Steps);
    }

    static SamplingPlan Plan(Solver solver)
    {
        double[] sigmas = [.. Enumerable.Range(0, Steps + 1).Select(i => 14.6 * Math.Pow(1 - (i / (double)Steps), 3))];
        var network = new NetworkContract(Prediction.Noise, InputVariance: 1);
        return Sampler.OverSigmas(solver, network).Plan(new SamplingOptions { Sigmas = sigmas });
    }

    static Action Update(Solver solver, bool guided, int count)
    {
        SamplingPlan plan = Plan(solver);
        var update = new LatentUpdate(plan, 1, count);
        float[] state = Values(count, seed: 2);
        byte[] conditional = Bytes(count, seed: 3), unconditional = guided ? Bytes(count, seed: 4) : [];
        float[] noise = Values(count, seed: 5);
        for (int step = 0; step < Index; step++)
        {
            Advance(step);
        }

        var source = new PhiloxNoise(1);
        return () =>
        {
            if (plan.Steps[Index].DrawsNoise)
            {
                source.Fill(Index, 0, noise);
            }

            Advance(Index);
        };

        void Advance(int step)
        {
            var output = new NetworkOutput { Conditional = conditional, Unconditional = unconditional };
            update.Advance(step, state, output, Scale, noise);
        }
    }

    static BenchCase Noise(string name, INoiseSource source)
    {
        float[] normals = new float[16 * Side * Side];
        return new BenchCase(name, 1, "Msamples/s", () => source.Fill(0, 0, normals), seconds => normals.Length / seconds / 1e6);
    }

    static IReadOnlyList<BenchCase> Noises() =>
    [
        Noise("noise-philox", new PhiloxNoise(1)),
        Noise("noise-mt19937", new TorchCpuNoise(1)),
        Noise("noise-torch-cuda", new TorchCudaNoise(1, maxThreads: 108 * 2048)),
    ];

    static BenchCase Microseconds(string name, Action body) => new(name, 1, "us", body, static seconds => 1e6 * seconds);

    static byte[] Bytes(int count, int seed) => MemoryMarshal.AsBytes(Values(count, seed).AsSpan()).ToArray();

    static float[] Values(int count, int seed)
    {
        var values = new float[count];
        new PhiloxNoise((ulong)seed).Fill(0, 0, values);
        return values;
    }

    /// <summary>A network that answers 0 at once.</summary>
    sealed class SilentNetwork : IDenoiser
    {
        public const int Count = 64;

        readonly float[] input = new float[Count];
        readonly byte[] output = new byte[Count * sizeof(float)];

        public IReadOnlyList<long> Shape => [1, 1, 8, 8];

        public bool CanGuide => false;

        public Span<float> Input => input;

        public NetworkOutput Run(double timestep, bool guided) => new() { Conditional = output };
    }
}
