namespace Lacuna.Sampling;

/// <summary>
/// Grids whose data and noise keep their sum of squares, or lie on a straight line, as the DPM-Solvers and their kin have them.
/// </summary>
sealed class PreservingGrids(SigmaRules rules)
{
    /// <summary>
    /// What a timestep may miss a whole one by: a sigma of the schedule itself is told by a logarithm of 24 bits, and stays its own
    /// timestep.
    /// </summary>
    const double Hair = 1e-4;

    readonly RatioTable table = new(rules.Schedule);

    public SamplingGrid Make(SamplingOptions options)
    {
        if (options.Sigmas is not null)
        {
            throw new ArgumentException("Sigmas: this scheduler goes by timesteps.");
        }

        if (options.ImageTokens > 0 || (options.ShiftLogarithm is not null && !rules.IsDynamic))
        {
            throw new ArgumentException("ShiftLogarithm, ImageTokens: the scheduler's shift does not follow from the picture's size.");
        }

        double[] timesteps = Spaced(options);
        int count = timesteps.Length;
        double[] sigmas;
        if (rules.Curve == SigmaCurve.Schedule)
        {
            sigmas = timesteps.Select(table.At);
        }
        else
        {
            sigmas = Curve(count, options.ShiftLogarithm is { } logarithm ? PlanMath.Exp(logarithm) : rules.Shift);
            sigmas = rules.IsStraight ? sigmas.Select(sigma => sigma / (sigma + 1)) : sigmas;
            timesteps = rules.Curve == SigmaCurve.Flow || rules.IsStraight
                ? sigmas.Select(sigma => Math.Truncate(sigma * rules.Schedule.Count))
                : sigmas.Select(table.TimestepOf).Select(t => rules.RoundsCurve ? Math.Round(t) : Math.Truncate(t + Hair));
        }

        double last = rules.Final switch { FinalSigma.Zero => 0, FinalSigma.Least => table.Least, _ => sigmas[^1] };
        return new SamplingGrid
        {
            Timesteps = timesteps,
            Levels = FloatLine.Rounded([.. sigmas, last]).Select(Level),
            Network = rules.Network,
            TimestepOf = level => table.TimestepOf(level.Ratio),
            InitialDeviation = 1,
        };
    }

    NoiseLevel Level(double sigma) => rules.Curve == SigmaCurve.Flow || rules.IsStraight
        ? NoiseLevel.Straight(sigma)
        : NoiseLevel.Preserving(sigma);

    double[] Spaced(SamplingOptions options)
    {
        if (options.Timesteps is null)
        {
            int trained = rules.Schedule.Count;
            return TimestepSpacings.Make(rules.Spacing, trained, options.Steps, rules.Offset, 1, trained - TooNoisy(), whole: true);
        }

        return rules.Curve == SigmaCurve.Schedule
            ? options.Timesteps.ToArray()
            : throw new ArgumentException("Timesteps: the scheduler's own sigmas contradict them.");
    }

    /// <summary>Training steps whose lambda is below the least in use.</summary>
    int TooNoisy()
    {
        int noisy = 0;
        foreach (float product in rules.Schedule.Products)
        {
            float lambda = (float)PlanMath.Log(MathF.Sqrt(product)) - (float)PlanMath.Log(MathF.Sqrt(1 - product));
            noisy += lambda < rules.LeastLambda ? 1 : 0;
        }

        return noisy;
    }

    double[] Curve(int count, double shift)
    {
        double greatest = rules.GreatestSigma ?? table.Greatest, least = rules.LeastSigma ?? table.Least;
        return rules.Curve switch
        {
            SigmaCurve.Karras => SigmaCurves.Karras(greatest, least, count),
            SigmaCurve.Exponential => SigmaCurves.Exponential(greatest, least, count),
            SigmaCurve.Beta => SigmaCurves.Beta(greatest, least, count),
            SigmaCurve.Lu => FloatLine.Between(table.GreatestLogarithm, table.LeastLogarithm, count).Select(PlanMath.Exp),
            _ => FloatLine.Between(1.0, 1.0 / rules.Schedule.Count, count + 1)
                .Select(alpha => SigmaCurves.Shift(1 - alpha, shift)).Reversed().Part(..count),
        };
    }
}
