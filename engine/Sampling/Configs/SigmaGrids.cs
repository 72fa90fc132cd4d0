namespace Lacuna.Sampling;

/// <summary>Where the sigmas of a run end.</summary>
enum FinalSigma
{
    /// <summary>At 0.</summary>
    Zero,

    /// <summary>At the schedule's least.</summary>
    Least,

    /// <summary>At the run's last, which is repeated.</summary>
    Repeated,
}

/// <summary>How schedulers that go by sigmas differ from each other in their grids.</summary>
sealed record SigmaRules
{
    public required NoiseSchedule Schedule { get; init; }

    public required NetworkContract Network { get; init; }

    public TimestepSpacing Spacing { get; init; }

    public int Offset { get; init; }

    public SigmaCurve Curve { get; init; }

    public FinalSigma Final { get; init; }

    /// <summary>Sigmas that a curve runs between, where the configuration says them.</summary>
    public double? LeastSigma { get; init; }

    public double? GreatestSigma { get; init; }

    /// <summary>Whether the network's timesteps are whole; those of a curve are then rounded, or cut off.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether the timesteps of a curve are rounded.</summary>
    public bool RoundsCurve { get; init; }

    /// <summary>Whether the network is told a quarter of the logarithm of sigma.</summary>
    public bool Continuous { get; init; }

    /// <summary>Whether the sigmas of the schedule lie on a straight line of their logarithms instead of at the timesteps.</summary>
    public bool LogarithmicLine { get; init; }

    /// <summary>Least lambda in use: noisier training steps are left out.</summary>
    public double LeastLambda { get; init; } = double.NegativeInfinity;

    /// <summary>Shift of rectified flow.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>Whether a run may give the logarithm of the shift.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Whether a curve of noise over data is bent onto the straight line of rectified flow.</summary>
    public bool IsStraight { get; init; }
}

/// <summary>Grids whose data keep their scale, as Euler's and Heun's schedulers have them.</summary>
sealed class ExplodingGrids(SigmaRules rules)
{
    readonly RatioTable table = new(rules.Schedule);

    public SamplingGrid Make(SamplingOptions options)
    {
        double[] sigmas;
        double[] timesteps;
        if (options.Sigmas is not null)
        {
            sigmas = FloatLine.Rounded(options.Sigmas);
            timesteps = [.. sigmas.SkipLast(1).Select(table.TimestepOf)];
            if (timesteps.Length == 0)
            {
                throw new ArgumentException("Sigmas: the last is where the run ends, so there are at least 2.");
            }
        }
        else
        {
            timesteps = Spaced(options);
            (sigmas, timesteps) = Curve(timesteps);
        }

        if (rules.Continuous)
        {
            timesteps = FloatLine.Rounded(sigmas.Take(timesteps.Length).Select(sigma => 0.25 * PlanMath.Log(sigma)));
        }

        double greatest = sigmas.Max();
        return new SamplingGrid
        {
            Timesteps = FloatLine.Rounded(timesteps),
            Levels = [.. sigmas.Take(timesteps.Length + 1).Select(NoiseLevel.Exploding)],
            Network = rules.Network,
            TimestepOf = level => rules.Continuous ? 0.25 * PlanMath.Log(level.Sigma) : table.TimestepOf(level.Sigma),
            InitialDeviation = rules.Spacing == TimestepSpacing.Leading ? Math.Sqrt((greatest * greatest) + 1) : greatest,
        };
    }

    double[] Spaced(SamplingOptions options)
    {
        if (options.Timesteps is null)
        {
            int count = rules.Schedule.Count;
            return TimestepSpacings.Make(rules.Spacing, count, options.Steps, rules.Offset, 0, count, whole: false);
        }

        if (rules.Curve != SigmaCurve.Schedule || rules.Continuous)
        {
            throw new ArgumentException("Timesteps: the scheduler's own sigmas or continuous timesteps contradict them.");
        }

        return [.. options.Timesteps];
    }

    (double[] Sigmas, double[] Timesteps) Curve(double[] timesteps)
    {
        int count = timesteps.Length;
        double[] inner = rules.LogarithmicLine
            ? FloatLine.Rounded(FloatLine.Between((float)table.GreatestLogarithm, (float)table.LeastLogarithm, count + 1)
                .Select(x => PlanMath.Exp(x)))
            : [.. timesteps.Select(table.At)];
        double greatest = rules.GreatestSigma ?? inner[0], least = rules.LeastSigma ?? inner[^1];
        double[]? curve = rules.Curve switch
        {
            SigmaCurve.Karras => SigmaCurves.Karras(greatest, least, count),
            SigmaCurve.Exponential => SigmaCurves.Exponential(greatest, least, count),
            SigmaCurve.Beta => SigmaCurves.Beta(greatest, least, count),
            _ => null,
        };
        if (curve is not null)
        {
            inner = curve;
            timesteps = [.. curve.Select(table.TimestepOf)];
            timesteps = rules.RoundsCurve ? [.. timesteps.Select(t => Math.Round(t))] : timesteps;
        }

        return (FloatLine.Rounded([.. inner, rules.Final == FinalSigma.Least ? table.Least : 0]), timesteps);
    }
}

/// <summary>
/// Grids whose data and noise keep their sum of squares, or lie on a straight line, as the DPM-Solvers and their kin have them.
/// </summary>
sealed class PreservingGrids(SigmaRules rules)
{
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
            sigmas = [.. timesteps.Select(table.At)];
        }
        else
        {
            sigmas = Curve(count, options.ShiftLogarithm is { } logarithm ? PlanMath.Exp(logarithm) : rules.Shift);
            sigmas = rules.IsStraight ? [.. sigmas.Select(sigma => sigma / (sigma + 1))] : sigmas;
            timesteps = rules.Curve == SigmaCurve.Flow || rules.IsStraight
                ? [.. sigmas.Select(sigma => sigma * rules.Schedule.Count)]
                : [.. sigmas.Select(table.TimestepOf)];
            timesteps = [.. timesteps.Select(t => Math.Truncate(rules.RoundsCurve && !rules.IsStraight ? Math.Round(t) : t))];
        }

        double last = rules.Final switch { FinalSigma.Zero => 0, FinalSigma.Least => table.Least, _ => sigmas[^1] };
        return new SamplingGrid
        {
            Timesteps = timesteps,
            Levels = [.. FloatLine.Rounded([.. sigmas, last]).Select(Level)],
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
            ? [.. options.Timesteps]
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
            SigmaCurve.Lu => [.. FloatLine.Between(table.GreatestLogarithm, table.LeastLogarithm, count).Select(PlanMath.Exp)],
            _ => [.. FloatLine.Between(1.0, 1.0 / rules.Schedule.Count, count + 1)
                .Select(alpha => SigmaCurves.Shift(1 - alpha, shift)).Reverse().Take(count)],
        };
    }
}
