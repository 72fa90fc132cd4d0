namespace Lacuna.Sampling;

/// <summary>
/// The first-order step: DDIM, Euler, Euler ancestral and the rectified-flow step are this one formula at their own noise levels.
/// </summary>
/// <remarks>
/// <code>
/// up   = Eta sigma' sqrt(1 - (ratio' / ratio)^2),  down = sqrt(sigma'^2 - up^2)
/// x'   = alpha' x0 + down * noise + up z
/// </code>
/// <para>Source: Song et al., arXiv:2010.02502; Karras et al., arXiv:2206.00364; Lipman et al., arXiv:2210.02747.</para>
/// </remarks>
/// <param name="Eta">Share of the noise that is drawn anew: 0 is deterministic, 1 ancestral.</param>
/// <param name="Churn">Noise added before each step; null for none.</param>
/// <param name="KeepsNoise">
/// Whether the noise is that of the network's output even where the data are clipped, as DDIM has it; otherwise it follows the clipped
/// data.
/// </param>
/// <param name="AlwaysDraws">Whether a sequential source of noise draws at every step although Eta is 0.</param>
public sealed record EulerSolver(double Eta = 0, Churn? Churn = null, bool KeepsNoise = false, bool AlwaysDraws = false) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Target(i);
            SamplingStep step = grid.Step(i) with { NextLevel = to, DrawsNoise = Eta > 0 || AlwaysDraws };
            double raised = grid.Raised(Churn, from.Sigma);
            steps.Add(raised > from.Sigma
                ? step with { Next = Churned(grid, from, to, raised), DrawsNoise = true }
                : step with { Next = Straight(grid, from, to) });
        }
    }

    Combination Straight(SamplingGrid grid, NoiseLevel from, NoiseLevel to)
    {
        (double down, double up) = Split(from, to, Eta);
        Combination clean = Combination.Kept(0);
        Combination noise = KeepsNoise
            ? Combination.Of(grid.Network.Noise(from))
            : (1 / from.Sigma) * (Combination.X - (from.Alpha * clean));
        return (to.Alpha * clean) + (down * noise) + (up * Combination.Z);
    }

    /// <summary>The noise goes in after the network has answered for the level below it, as the common libraries do.</summary>
    Combination Churned(SamplingGrid grid, NoiseLevel from, NoiseLevel to, double raised)
    {
        Combination state = Combination.X + (Churn!.Weight(from.Sigma, raised) * Combination.Z);
        NoiseLevel level = grid.Network.Prediction == Prediction.Velocity ? from : new(from.Alpha, raised);
        Combination clean = Combination.Of(grid.Network.Clean(level), state);
        return state + (((to.Sigma - raised) / raised) * (state - clean));
    }

    /// <summary>The share of the next level's noise that goes on, and the share that is drawn anew.</summary>
    internal static (double Down, double Up) Split(NoiseLevel from, NoiseLevel to, double eta)
    {
        double fall = to.Ratio / from.Ratio;
        double up = Math.Min(to.Sigma, eta * to.Sigma * Math.Sqrt(Math.Max(0, 1 - (fall * fall))));
        return (Math.Sqrt((to.Sigma * to.Sigma) - (up * up)), up);
    }
}
