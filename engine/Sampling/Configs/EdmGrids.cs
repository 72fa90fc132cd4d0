namespace Lacuna.Sampling;

/// <summary>
/// Grids of preconditioned networks: sigmas on a curve of their own, told to the network as a quarter of the logarithm.
/// </summary>
sealed record EdmGrids
{
    public required NetworkContract Network { get; init; }

    public double LeastSigma { get; init; } = 0.002;

    public double GreatestSigma { get; init; } = 80;

    public double Rho { get; init; } = SigmaCurves.DefaultRho;

    public bool IsExponential { get; init; }

    public FinalSigma Final { get; init; }

    /// <summary>Whether the curve is computed in float32 instead of double.</summary>
    public bool InFloats { get; init; }

    public SamplingGrid Make(SamplingOptions options)
    {
        if (options.Timesteps is not null || options.Sigmas is not null)
        {
            throw new ArgumentException($"{(options.Sigmas is null ? "Timesteps" : "Sigmas")}: this scheduler's sigmas follow from Steps.");
        }

        double[] sigmas = FloatLine.Rounded(IsExponential ? Exponential(options.Steps) : InFloats ? Floats(options.Steps)
            : SigmaCurves.Karras(GreatestSigma, LeastSigma, options.Steps, Rho));
        double last = Final switch { FinalSigma.Zero => 0, FinalSigma.Least => LeastSigma, _ => sigmas[^1] };
        return new SamplingGrid
        {
            Timesteps = FloatLine.Rounded(sigmas.Select(sigma => 0.25 * PlanMath.Log(sigma))),
            Levels = FloatLine.Rounded([.. sigmas, last]).Select(NoiseLevel.Exploding),
            Network = Network,
            TimestepOf = level => 0.25 * PlanMath.Log(level.Sigma),
            InitialDeviation = Math.Sqrt((GreatestSigma * GreatestSigma) + 1),
        };
    }

    double[] Exponential(int count) =>
        FloatLine.Between((float)PlanMath.Log(LeastSigma), (float)PlanMath.Log(GreatestSigma), count)
            .Select(x => PlanMath.Exp(x)).Reversed();

    double[] Floats(int count)
    {
        float from = (float)PlanMath.Pow(GreatestSigma, 1 / Rho);
        float fall = (float)(PlanMath.Pow(LeastSigma, 1 / Rho) - PlanMath.Pow(GreatestSigma, 1 / Rho));
        return FloatLine.Between(0f, 1f, count).Select(t => PlanMath.Pow(from + (t * fall), Rho));
    }
}
