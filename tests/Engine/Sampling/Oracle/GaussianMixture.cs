using System.Runtime.InteropServices;
using Lacuna.Sampling;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>
/// The denoiser that the trajectories were made with: the exact mean of the data given noisy latents, for a mixture of Gaussians.
/// </summary>
sealed class GaussianMixture
{
    public const string FileName = "gmm.bin";

    readonly double[] weights, deviations, means;
    readonly int count, dimensions;

    public GaussianMixture(string folder, int count, int dimensions)
    {
        (this.count, this.dimensions) = (count, dimensions);
        double[] all = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, FileName))).ToArray();
        weights = all[..count];
        deviations = all[count..(2 * count)];
        means = all[(2 * count)..];
    }

    /// <summary>Whether a folder has it.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The data expected at a noise level.</summary>
    public double[] Clean(ReadOnlySpan<float> x, NoiseLevel level)
    {
        double[] state = new double[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            state[i] = x[i];
        }

        double[] logarithms = [.. Enumerable.Range(0, count).Select(k => LogLikelihood(state, level, k))];
        double most = logarithms.Max();
        double[] shares = [.. logarithms.Select(value => Math.Exp(value - most))];
        double sum = shares.Sum();
        var clean = new double[dimensions];
        for (int k = 0; k < count; k++)
        {
            double variance = deviations[k] * deviations[k];
            double gain = level.Alpha * variance / Variance(level, k);
            for (int i = 0; i < dimensions; i++)
            {
                double mean = means[(k * dimensions) + i];
                clean[i] += shares[k] / sum * (mean + (gain * (state[i] - (level.Alpha * mean))));
            }
        }

        return clean;
    }

    double Variance(NoiseLevel level, int k) =>
        (level.Alpha * level.Alpha * deviations[k] * deviations[k]) + (level.Sigma * level.Sigma);

    double LogLikelihood(double[] state, NoiseLevel level, int k)
    {
        double variance = Variance(level, k), square = 0;
        for (int i = 0; i < dimensions; i++)
        {
            double difference = state[i] - (level.Alpha * means[(k * dimensions) + i]);
            square += difference * difference;
        }

        return Math.Log(weights[k]) - (0.5 * square / variance) - (0.5 * dimensions * Math.Log(variance));
    }
}
