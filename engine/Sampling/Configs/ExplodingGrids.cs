namespace Lacuna.Sampling;

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
            timesteps = sigmas.Part(..^1).Select(table.TimestepOf);
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
            timesteps = FloatLine.Rounded(sigmas.Part(..timesteps.Length).Select(sigma => 0.25 * PlanMath.Log(sigma)));
        }

        double greatest = sigmas[0];
        foreach (double sigma in sigmas)
        {
            greatest = Math.Max(greatest, sigma);
        }

        return new SamplingGrid
        {
            Timesteps = FloatLine.Rounded(timesteps),
            ChurnedIntervals = sigmas.Length - 1,
            Levels = sigmas.Part(..(timesteps.Length + 1)).Select(NoiseLevel.Exploding),
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

        return options.Timesteps.ToArray();
    }

    (double[] Sigmas, double[] Timesteps) Curve(double[] timesteps)
    {
        int count = timesteps.Length;
        double[] inner = rules.LogarithmicLine
            ? FloatLine.Rounded(FloatLine.Between((float)table.GreatestLogarithm, (float)table.LeastLogarithm, count + 1)
                .Select(x => PlanMath.Exp(x)))
            : timesteps.Select(table.At);
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
            timesteps = curve.Select(table.TimestepOf);
            timesteps = rules.RoundsCurve ? timesteps.Select(t => Math.Round(t)) : timesteps;
        }

        return (FloatLine.Rounded([.. inner, rules.Final == FinalSigma.Least ? table.Least : 0]), timesteps);
    }
}
