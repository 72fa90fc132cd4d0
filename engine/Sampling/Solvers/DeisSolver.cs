namespace Lacuna.Sampling;

/// <summary>Exponential multistep in the noise: its polynomial in the logarithm of the ratio is integrated over the ratio.</summary>
/// <remarks>Source: Zhang and Chen, arXiv:2204.13902 (DEIS, log-rho).</remarks>
/// <param name="Order">Values of the noise in use, from 1 to 3.</param>
/// <param name="LowerOrderFinal">Whether the last steps of a run of fewer than 15 fall back to lower orders.</param>
public sealed record DeisSolver(int Order = 2, bool LowerOrderFinal = true) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            bool lower = LowerOrderFinal && grid.TotalSteps < Multistep.FewSteps;
            int order = to.Sigma == 0 ? 1 : Multistep.Order(i, grid.Steps, Order, lower, lower);
            double[] nodes = Sequence.Of(order, k => PlanMath.Log(grid.Levels[i - k].Ratio / from.Ratio));
            double[] moments = Moments(from.Ratio, to.Ratio);
            Combination next = (to.Alpha / from.Alpha) * Combination.X;
            for (int k = 0; k < order; k++)
            {
                next += to.Alpha * Lagrange.Integral(nodes, k, moments) * Combination.Kept(k);
            }

            steps.Add(grid.NoiseStep(i) with { NextLevel = to, KeepsData = true, Next = next });
        }
    }

    /// <summary>Integrals of 1, u and u^2 over the ratio, with u the logarithm of the ratio over the first.</summary>
    static double[] Moments(double from, double to)
    {
        if (to == 0)
        {
            return [-from, from, -2 * from];
        }

        double u = PlanMath.Log(to / from);
        return [to - from, (to * (u - 1)) + from, (to * ((u * u) - (2 * u) + 2)) - (2 * from)];
    }
}
