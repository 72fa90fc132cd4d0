using Lacuna.Denoisers;
using Lacuna.Kernels;
using Lacuna.Onnx;
using Lacuna.Tests.Architecture;
using Lacuna.Tests.Engine.Onnx;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Denoisers;

public class PatchNetworkTests
{
    [OnnxFact]
    public void The_engine_and_onnx_runtime_agree_at_any_size_and_timestep()
    {
        using var pool = new WorkerPool(1);
        using var network = new PatchNetwork(Weights(), pool);
        using var session = new OnnxSession(
            Path.Combine(Repository.Root, "models", "denoiser.onnx"), new OnnxOptions { LibraryPath = InstalledRuntime.Path, Threads = 1 });
        foreach ((int height, int width) in new[] { (16, 16), (2, 2), (8, 34), (64, 48) })
        {
            float[] sample = Sample(height, width), output = new float[sample.Length];
            using var binding = new OnnxBinding(session);
            long[] shape = [1, 3, height, width];
            binding.AddInput("sample", shape).Set(sample);
            BoundTensor timestep = binding.AddInput("timestep", [1]), expected = binding.AddOutput("out_sample", shape);
            foreach (double t in new[] { 0, 1, 62.5, 63, 500.25, 999, 1000 })
            {
                timestep.Fill(t);
                binding.Run();
                network.Run(sample, height, width, t, output);
                double worst = output.Select((v, i) => (double)Math.Abs(v - expected.Floats[i])).Max();
                Assert.True(worst < 2e-5, $"{height} x {width} at {t}: off by {worst}");
                Assert.True(output.Max(Math.Abs) > 0.01);
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        float[] sample = Sample(64, 96), one = new float[sample.Length], four = new float[sample.Length];
        using var single = new WorkerPool(1);
        using var several = new WorkerPool(4);
        using var first = new PatchNetwork(Weights(), single);
        using var second = new PatchNetwork(Weights(), several);
        first.Run(sample, 64, 96, 321, one);
        second.Run(sample, 64, 96, 321, four);
        Assert.Equal(one, four);
    }

    [Fact]
    public void The_files_stay_under_200_kilobytes()
    {
        foreach (string name in new[] { "denoiser.safetensors", "denoiser.onnx" })
        {
            Assert.InRange(new FileInfo(Path.Combine(Repository.Root, "models", name)).Length, 100_000, 200_000);
        }
    }

    [Fact]
    public void Wrong_sizes_and_files_are_refused()
    {
        using var pool = new WorkerPool(1);
        using var network = new PatchNetwork(Weights(), pool);
        Assert.Throws<ArgumentException>(() => network.Run(new float[45], 3, 5, 0, new float[45]));
        Assert.Throws<ArgumentException>(() => network.Run(new float[48], 4, 4, 0, new float[47]));
        Assert.Throws<InvalidDataException>(() => new PatchNetwork(Weights().AsSpan(0, 1000), pool));
    }

    static byte[] Weights() => File.ReadAllBytes(Path.Combine(Repository.Root, "models", "denoiser.safetensors"));

    static float[] Sample(int height, int width)
    {
        float[] sample = new float[3 * height * width];
        PhiloxNormal.Run(new NoiseStream(1), 0, sample);
        return sample;
    }
}
