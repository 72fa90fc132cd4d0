using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Lacuna.Denoisers;
using Lacuna.Onnx;
using Lacuna.Sampling;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Engine.Onnx;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Denoisers;

/// <summary>The whole of a sample: configuration, plan, noise, network, updates.</summary>
public class EndToEndTests
{
    static readonly string Models = Path.Combine(Repository.Root, "models");

    [Theory]
    [InlineData("DPMSolverMultistepScheduler", "92167af60fa5c9f5")]
    [InlineData("EulerAncestralDiscreteScheduler", "c5d35d04befb81f4")]
    [InlineData("DDIMScheduler", "504c0dcd86da7907")]
    public void A_sample_of_the_engine_s_network_keeps_its_bits(string scheduler, string hash)
    {
        // Whatever the instruction set, the threads and the machine.
        using var pool = new WorkerPool(2);
        using var network = new PatchNetwork(File.ReadAllBytes(Path.Combine(Models, "denoiser.safetensors")), pool);
        using var denoiser = new NetworkDenoiser(network, 2, 16, 16);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Sample(scheduler, denoiser).AsSpan())))[..16]);
    }

    [OnnxFact]
    public void Both_executors_make_the_same_sample()
    {
        using var pool = new WorkerPool(1);
        using var network = new PatchNetwork(File.ReadAllBytes(Path.Combine(Models, "denoiser.safetensors")), pool);
        using var session = new OnnxSession(
            Path.Combine(Models, "denoiser.onnx"), new OnnxOptions { LibraryPath = InstalledRuntime.Path, Threads = 1 });
        using var own = new NetworkDenoiser(network, 2, 16, 16);
        using var other = new OnnxDenoiser(session, own.Shape);
        foreach (string scheduler in new[] { "DPMSolverMultistepScheduler", "EulerAncestralDiscreteScheduler", "UniPCMultistepScheduler" })
        {
            float[] first = Sample(scheduler, own), second = Sample(scheduler, other);
            Assert.True(first.Zip(second, (a, b) => Math.Abs(a - b)).Max() < 2e-4, scheduler);
            Assert.All(first, value => Assert.InRange(value, -2f, 2f));
        }
    }

    static float[] Sample(string scheduler, IDenoiser denoiser)
    {
        string config = File.ReadAllText(Path.Combine(Models, "denoiser.json")).Replace("DPMSolverMultistepScheduler", scheduler);
        float[] latents = new float[denoiser.Input.Length];
        SamplingResult result = Sampler.FromSchedulerConfig(config)
            .Run(denoiser, latents, new PhiloxNoise(5), new SamplingOptions { Steps = 10 });
        Assert.Equal(SamplingStatus.Done, result.Status);
        return latents;
    }
}
