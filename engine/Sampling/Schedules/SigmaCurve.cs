namespace Lacuna.Sampling;

/// <summary>How the sigmas of a run lie between the greatest and the least.</summary>
public enum SigmaCurve
{
    /// <summary>Those of the schedule at the run's timesteps.</summary>
    Schedule = 0,

    /// <summary>The seventh roots on a straight line (Karras et al., arXiv:2206.00364).</summary>
    Karras = 1,

    /// <summary>The logarithms on a straight line.</summary>
    Exponential = 2,

    /// <summary>Quantiles of the beta distribution (0.6, 0.6): dense at both ends (arXiv:2407.12173).</summary>
    Beta = 3,

    /// <summary>The logarithms of the schedule's ratios on a straight line (Lu et al., arXiv:2206.00927).</summary>
    Lu = 4,

    /// <summary>A straight line of sigma itself, shifted: rectified flow.</summary>
    Flow = 5,
}

/// <summary>The curves of <see cref="SigmaCurve"/>, from the greatest sigma to the least.</summary>
static class SigmaCurves
{
    public const double DefaultRho = 7;
    const double BetaShape = 0.6;

    public static double[] Karras(double greatest, double least, int count, double rho = DefaultRho)
    {
        double from = PlanMath.Pow(greatest, 1 / rho), to = PlanMath.Pow(least, 1 / rho);
        return FloatLine.Between(0.0, 1.0, count).Select(t => PlanMath.Pow(from + (t * (to - from)), rho));
    }

    public static double[] Exponential(double greatest, double least, int count) =>
        FloatLine.Between(PlanMath.Log(greatest), PlanMath.Log(least), count).Select(PlanMath.Exp);

    public static double[] Beta(double greatest, double least, int count) =>
        FloatLine.Between(0.0, 1.0, count).Select(t => least + (BetaQuantile(1 - t) * (greatest - least)));

    /// <summary>Sigma of a straight line, moved towards noise: k s / (1 + (k - 1) s).</summary>
    public static double Shift(double sigma, double shift) => shift * sigma / (1 + ((shift - 1) * sigma));

    /// <summary>Stretches sigmas of a straight line so that the last is <paramref name="terminal"/>.</summary>
    public static double[] Stretch(double[] sigmas, double terminal)
    {
        double scale = (1 - sigmas[^1]) / (1 - terminal);
        return sigmas.Select(sigma => 1 - ((1 - sigma) / scale));
    }

    /// <summary>The quantile of the beta distribution with both shapes 0.6.</summary>
    internal static double BetaQuantile(double probability)
    {
        if (probability is 0 or 1)
        {
            return probability;
        }

        // Symmetric: the lower half is enough, where the series converges fast; half the whole integral lies there.
        if (probability > 0.5)
        {
            return 1 - BetaQuantile(1 - probability);
        }

        double wanted = 2 * probability * BetaIntegral(0.5);
        double low = 0, high = 0.5;
        for (int i = 0; i < 200 && low < high; i++)
        {
            double middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = BetaIntegral(middle) < wanted ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The integral of (t (1 - t))^(shape - 1) from 0 to x, for x up to 1/2, by its power series.</summary>
    static double BetaIntegral(double x)
    {
        double term = 1, sum = 0;
        for (int k = 0; k < 60; k++)
        {
            sum += term / (BetaShape + k);
            term *= x * (1 - BetaShape + k) / (k + 1);
        }

        return PlanMath.Pow(x, BetaShape) * sum;
    }
}
