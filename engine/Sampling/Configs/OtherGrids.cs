namespace Lacuna.Sampling;

/// <summary>
/// Grids of rectified flow: sigma is the share of noise on a straight line, told to the network times the training steps.
/// </summary>
sealed record FlowGrids
{
    const double AlmostOne = 1e-6;

    public required NetworkContract Network { get; init; }

    public int Trained { get; init; } = 1000;

    /// <summary>Shift where it does not come from the picture's size.</summary>
    public double Shift { get; init; } = 1;

    public bool IsDynamic { get; init; }

    /// <summary>Whether the dynamic shift's logarithm is its exponent, or itself.</summary>
    public bool IsExponential { get; init; } = true;

    /// <summary>The dynamic shift's logarithm over the picture's tokens: two points of a straight line.</summary>
    public (double Tokens, double Shift) Small { get; init; } = (256, 0.5);

    public (double Tokens, double Shift) Large { get; init; } = (4096, 1.15);

    /// <summary>The least sigma before the end; null leaves it as it is.</summary>
    public double? Terminal { get; init; }

    public SigmaCurve Curve { get; init; }

    /// <summary>
    /// Whether the grid is that of UniPC: from 1 in even steps, shifted once, the end not reached; timesteps are whole.
    /// </summary>
    public bool IsUniPc { get; init; }

    public FinalSigma Final { get; init; }

    public SamplingGrid Make(SamplingOptions options)
    {
        double[] sigmas = Bent(Shifted(options, Line(options)));
        if (IsUniPc && Math.Abs(sigmas[0] - 1) < AlmostOne)
        {
            sigmas[0] -= AlmostOne;
        }

        double last = Final == FinalSigma.Zero ? 0 : sigmas[^1];
        double[] rounded = FloatLine.Rounded([.. sigmas, last]);
        return new SamplingGrid
        {
            Timesteps = IsUniPc
                ? [.. sigmas.Select(s => Math.Truncate(s * Trained))]
                : FloatLine.Rounded(rounded.SkipLast(1).Select(s => s * Trained)),
            Levels = [.. rounded.Select(NoiseLevel.Straight)],
            Network = Network,
            TimestepOf = level => level.Sigma * Trained,
            InitialDeviation = 1,
        };
    }

    double[] Line(SamplingOptions options)
    {
        if (options.Sigmas is not null)
        {
            return FloatLine.Rounded(options.Sigmas);
        }

        if (options.Timesteps is not null)
        {
            return [.. options.Timesteps.Select(t => (double)(float)t / Trained)];
        }

        if (IsUniPc)
        {
            return FloatLine.Between(1.0, 1.0 / Trained, options.Steps + 1)[..^1];
        }

        // The ends of the training schedule are shifted already, as the common library has them.
        float first = 1f / Trained;
        double least = IsDynamic ? first : (float)((float)Shift * first) / (1 + (((float)Shift - 1) * first));
        return [.. FloatLine.Between((double)Trained, (float)least * Trained, options.Steps).Select(t => t / Trained)];
    }

    double[] Shifted(SamplingOptions options, double[] sigmas)
    {
        double slope = (Large.Shift - Small.Shift) / (Large.Tokens - Small.Tokens);
        double? logarithm = options.ImageTokens > 0 ? Small.Shift + (slope * (options.ImageTokens - Small.Tokens)) : options.ShiftLogarithm;
        if (logarithm is not null != IsDynamic)
        {
            throw new ArgumentException(IsDynamic
                ? "ShiftLogarithm or ImageTokens is missing: the scheduler's field 'use_dynamic_shifting' is set."
                : "ShiftLogarithm or ImageTokens is given, but the scheduler's field 'use_dynamic_shifting' is not set.");
        }

        double factor = logarithm is null ? Shift : IsExponential ? PlanMath.Exp(logarithm.Value) : logarithm.Value;
        sigmas = IsDynamic
            ? [.. sigmas.Select(sigma => factor / (factor + ((1 / sigma) - 1)))]
            : [.. sigmas.Select(sigma => SigmaCurves.Shift(sigma, factor))];
        return Terminal is null ? sigmas : SigmaCurves.Stretch(sigmas, Terminal.Value);
    }

    double[] Bent(double[] sigmas) => Curve switch
    {
        SigmaCurve.Karras => SigmaCurves.Karras(sigmas[0], sigmas[^1], sigmas.Length),
        SigmaCurve.Exponential => SigmaCurves.Exponential(sigmas[0], sigmas[^1], sigmas.Length),
        SigmaCurve.Beta => SigmaCurves.Beta(sigmas[0], sigmas[^1], sigmas.Length),
        _ => sigmas,
    };
}

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
            Levels = [.. FloatLine.Rounded([.. sigmas, last]).Select(NoiseLevel.Exploding)],
            Network = Network,
            TimestepOf = level => 0.25 * PlanMath.Log(level.Sigma),
            InitialDeviation = Math.Sqrt((GreatestSigma * GreatestSigma) + 1),
        };
    }

    IEnumerable<double> Exponential(int count) =>
        FloatLine.Between((float)PlanMath.Log(LeastSigma), (float)PlanMath.Log(GreatestSigma), count)
            .Select(x => PlanMath.Exp(x)).Reverse();

    IEnumerable<double> Floats(int count)
    {
        float from = (float)PlanMath.Pow(GreatestSigma, 1 / Rho);
        float fall = (float)(PlanMath.Pow(LeastSigma, 1 / Rho) - PlanMath.Pow(GreatestSigma, 1 / Rho));
        return FloatLine.Between(0f, 1f, count).Select(t => PlanMath.Pow(from + (t * fall), Rho));
    }
}

/// <summary>The grid of <see cref="IpndmSolver"/>: sigma is a squared sine of even steps.</summary>
static class IpndmGrid
{
    public static SamplingGrid Make(SamplingOptions options, NetworkContract network)
    {
        if (options.Steps == 0)
        {
            throw new ArgumentException("Timesteps, Sigmas: this scheduler's levels follow from Steps.");
        }

        float[] line = [.. FloatLine.Between(1f, 0f, options.Steps + 1)[..^1], 0f];
        float[] sigmas = [.. line.Select(t => (float)DoubleMath.SinCos((float)(t * (float)Math.PI) / 2).Sine).Select(sine => sine * sine)];
        float[] alphas = [.. sigmas.Select(sigma => MathF.Sqrt(1 - (sigma * sigma)))];
        return new SamplingGrid
        {
            Timesteps = [.. sigmas.Zip(alphas, (sigma, alpha) => PlanMath.Atan2(sigma, alpha) / Math.PI * 2).SkipLast(1)],
            Levels = [.. sigmas.Zip(alphas, (sigma, alpha) => new NoiseLevel(alpha, sigma))],
            Network = network,
            TimestepOf = level => PlanMath.Atan2(level.Sigma, level.Alpha) / Math.PI * 2,
            InitialDeviation = 1,
        };
    }
}
