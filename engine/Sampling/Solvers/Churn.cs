namespace Lacuna.Sampling;

/// <summary>
/// Noise added on the way down, so that later steps mend earlier errors (Karras et al., arXiv:2206.00364, algorithm 2).
/// </summary>
/// <param name="Amount">The most that all steps together raise sigma by, as a share of it; 0 for none.</param>
/// <param name="From">Least sigma that is raised.</param>
/// <param name="To">Greatest sigma that is raised.</param>
/// <param name="Noise">Deviation of the noise that is added.</param>
public sealed record Churn(double Amount, double From = 0, double To = double.PositiveInfinity, double Noise = 1)
{
    static readonly double MostPerStep = Math.Sqrt(2) - 1;

    /// <summary>What sigma is raised to at a step.</summary>
    internal double Raised(double sigma, int steps) =>
        sigma >= From && sigma <= To ? sigma * (1 + Math.Min(Amount / steps, MostPerStep)) : sigma;

    /// <summary>The weight of the noise that raises it.</summary>
    internal double Weight(double sigma, double raised) => Noise * Math.Sqrt((raised * raised) - (sigma * sigma));
}
