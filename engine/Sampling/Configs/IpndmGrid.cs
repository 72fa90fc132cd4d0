namespace Lacuna.Sampling;

/// <summary>The grid of <see cref="IpndmSolver"/>: sigma is a squared sine of even steps.</summary>
static class IpndmGrid
{
    public static SamplingGrid Make(SamplingOptions options, NetworkContract network)
    {
        if (options.Steps == 0)
        {
            throw new ArgumentException("Timesteps, Sigmas: this scheduler's levels follow from Steps.");
        }

        float[] line = [.. FloatLine.Between(1f, 0f, options.Steps + 1).Part(..^1), 0f];
        float[] sigmas = line.Select(t => (float)DoubleMath.SinCos((float)(t * (float)Math.PI) / 2).Sine).Select(sine => sine * sine);
        float[] alphas = sigmas.Select(sigma => MathF.Sqrt(1 - (sigma * sigma)));
        return new SamplingGrid
        {
            Timesteps = Sequence.Of(options.Steps, i => PlanMath.Atan2(sigmas[i], alphas[i]) / Math.PI * 2),
            Levels = Sequence.Of(sigmas.Length, i => new NoiseLevel(alphas[i], sigmas[i])),
            Network = network,
            TimestepOf = level => PlanMath.Atan2(level.Sigma, level.Alpha) / Math.PI * 2,
            InitialDeviation = 1,
        };
    }
}
