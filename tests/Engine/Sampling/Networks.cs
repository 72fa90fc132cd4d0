using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>A network of floats whose answer is a function of its input and the timestep.</summary>
sealed class FunctionDenoiser(long[] shape, FunctionDenoiser.Answering answer) : IDenoiser
{
    readonly float[] input = New(shape);
    readonly float[][] outputs = [New(shape), New(shape)];

    public delegate void Answering(ReadOnlySpan<float> input, double timestep, bool conditional, Span<float> output);

    public IReadOnlyList<long> Shape { get; } = shape;

    public bool CanGuide { get; init; }

    public Span<float> Input => input;

    public NetworkOutput Run(double timestep, bool guided)
    {
        answer(input, timestep, true, outputs[0]);
        if (guided)
        {
            answer(input, timestep, false, outputs[1]);
        }

        return new NetworkOutput
        {
            Format = NetworkFormat.Float32,
            Conditional = MemoryMarshal.AsBytes(outputs[0].AsSpan()),
            Unconditional = guided ? MemoryMarshal.AsBytes(outputs[1].AsSpan()) : default,
        };
    }

    static float[] New(long[] sizes) => new float[sizes.Aggregate(1L, (product, size) => product * size)];
}

/// <summary>Networks that know the data, or how they are distributed.</summary>
static class Networks
{
    /// <summary>A network that knows the data: it answers whatever makes them the data that the plan's step concludes.</summary>
    public static FunctionDenoiser Knowing(SamplingPlan plan, float[] data)
    {
        int call = 0;
        return new FunctionDenoiser([1, 1, 1, data.Length], (input, timestep, _, output) =>
        {
            SamplingStep step = plan.Steps[call++ % plan.Steps.Count];
            Assert.Equal(step.Timestep, timestep);
            for (int i = 0; i < data.Length; i++)
            {
                output[i] = (float)((data[i] - (step.Clean.State * input[i] / step.InputScale)) / step.Clean.Output);
            }
        });
    }

    /// <summary>A network of epsilon for standard normal data: the noise expected is sigma x.</summary>
    public static FunctionDenoiser Normal(SamplingPlan plan, params long[] shape)
    {
        int call = 0;
        return new FunctionDenoiser(shape, (input, _, conditional, output) =>
        {
            NoiseLevel level = plan.Steps[call].Level;
            call = (call + 1) % plan.Steps.Count;
            float factor = (float)(level.Sigma / Math.Sqrt((level.Alpha * level.Alpha) + (level.Sigma * level.Sigma)));
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = factor * input[i] * (conditional ? 1 : 0.9f);
            }
        })
        {
            CanGuide = true,
        };
    }
}
