namespace Lacuna.Sampling;

/// <summary>Where latents stand between data and noise: <c>x = Alpha * x0 + Sigma * noise</c>.</summary>
/// <param name="Alpha">Weight of the data, 0 or more.</param>
/// <param name="Sigma">Deviation of the noise, 0 or more.</param>
public readonly record struct NoiseLevel(double Alpha, double Sigma)
{
    /// <summary>Noise over data: the sigma of schedules whose data keep their scale.</summary>
    public double Ratio => Sigma / Alpha;

    /// <summary>
    /// Half the logarithm of the signal-to-noise ratio; infinite where there is no noise, minus infinity where there are no data.
    /// </summary>
    public double Lambda => PlanMath.Log(Alpha) - PlanMath.Log(Sigma);

    /// <summary>Data keep their scale: alpha is 1.</summary>
    public static NoiseLevel Exploding(double sigma) => new(1, sigma);

    /// <summary>Data and noise keep their sum of squares: alpha^2 + sigma^2 is 1.</summary>
    /// <param name="ratio">Noise over data.</param>
    public static NoiseLevel Preserving(double ratio)
    {
        double alpha = 1 / Math.Sqrt((ratio * ratio) + 1);
        return new(alpha, ratio * alpha);
    }

    /// <summary>Data and noise keep that sum, told by the cumulative product of a discrete schedule.</summary>
    public static NoiseLevel FromAlphaProduct(double product) => new(Math.Sqrt(product), Math.Sqrt(1 - product));

    /// <summary>A straight line from data to noise: alpha + sigma is 1.</summary>
    public static NoiseLevel Straight(double sigma) => new(1 - sigma, sigma);
}
