namespace Lacuna.Sampling;

/// <summary>How an <see cref="AdaptiveRun"/> chooses its steps.</summary>
/// <param name="Order">2 or 3: of the solution that is kept; one less of the one that it is compared with.</param>
/// <param name="RelativeTolerance">Error allowed, of the latents' magnitude.</param>
/// <param name="AbsoluteTolerance">Error allowed where they are small.</param>
/// <param name="FirstLength">The first step, in lambda; above 0.</param>
/// <param name="Proportional">Weight of the error of this step in the next length.</param>
/// <param name="Integral">Weight of the sum of errors.</param>
/// <param name="Derivative">Weight of their change.</param>
/// <param name="Safety">A step is taken where the next one would be at least this much of it.</param>
public sealed record AdaptiveOptions(
    int Order = 3,
    double RelativeTolerance = 0.05,
    double AbsoluteTolerance = 0.0078,
    double FirstLength = 0.05,
    double Proportional = 0,
    double Integral = 1,
    double Derivative = 0,
    double Safety = 0.81);
