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
                ? sigmas.Select(s => Math.Truncate(s * Trained))
                : FloatLine.Rounded(rounded.Part(..^1).Select(s => s * Trained)),
            Levels = rounded.Select(NoiseLevel.Straight),
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
            return options.Timesteps.Select(t => (double)(float)t / Trained);
        }

        if (IsUniPc)
        {
            return FloatLine.Between(1.0, 1.0 / Trained, options.Steps + 1).Part(..^1);
        }

        // The ends of the training schedule are shifted already, as the common library has them.
        float first = 1f / Trained;
        double least = IsDynamic ? first : (float)((float)Shift * first) / (1 + (((float)Shift - 1) * first));
        return FloatLine.Between((double)Trained, (float)least * Trained, options.Steps).Select(t => t / Trained);
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
            ? sigmas.Select(sigma => factor / (factor + ((1 / sigma) - 1)))
            : sigmas.Select(sigma => SigmaCurves.Shift(sigma, factor));
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
