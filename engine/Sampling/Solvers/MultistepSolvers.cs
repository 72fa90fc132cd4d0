namespace Lacuna.Sampling;

/// <summary>Linear multistep (Adams-Bashforth) on the grid's own spacing: the slopes' polynomial is integrated exactly.</summary>
/// <remarks>Source: K. Crowson, k-diffusion, sample_lms; Butcher, "Numerical Methods for Ordinary Differential Equations", chapter
/// 4.</remarks>
/// <param name="Order">Slopes in use, from 1 to 4.</param>
public sealed record LmsSolver(int Order = 4) : Solver
{
    internal override IEnumerable<SamplingStep> Plan(SamplingGrid grid)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            double from = grid.Levels[i].Sigma, step = grid.Levels[i + 1].Sigma - from;
            double[] nodes = [.. Enumerable.Range(0, Math.Min(i + 1, Order)).Select(k => grid.Levels[i - k].Sigma - from)];
            double[] moments = [step, step * step / 2, step * step * step / 3, step * step * step * step / 4];
            Combination next = Combination.X;
            for (int k = 0; k < nodes.Length; k++)
            {
                next += Lagrange.Integral(nodes, k, moments) * Combination.Kept(k);
            }

            yield return grid.SlopeStep(i) with { NextLevel = grid.Levels[i + 1], KeepsData = true, Next = next };
        }
    }
}

/// <summary>Exponential multistep in the noise: its polynomial in the logarithm of the ratio is integrated over the ratio.</summary>
/// <remarks>Source: Zhang and Chen, arXiv:2204.13902 (DEIS, log-rho).</remarks>
/// <param name="Order">Values of the noise in use, from 1 to 3.</param>
/// <param name="LowerOrderFinal">Whether the last steps of a run of fewer than 15 fall back to lower orders.</param>
public sealed record DeisSolver(int Order = 2, bool LowerOrderFinal = true) : Solver
{
    internal override IEnumerable<SamplingStep> Plan(SamplingGrid grid)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            bool lower = LowerOrderFinal && grid.TotalSteps < Multistep.FewSteps;
            int order = to.Sigma == 0 ? 1 : Multistep.Order(i, grid.Steps, Order, lower, lower);
            double[] nodes = [.. Enumerable.Range(0, order).Select(k => PlanMath.Log(grid.Levels[i - k].Ratio / from.Ratio))];
            double[] moments = Moments(from.Ratio, to.Ratio);
            Combination next = (to.Alpha / from.Alpha) * Combination.X;
            for (int k = 0; k < order; k++)
            {
                next += to.Alpha * Lagrange.Integral(nodes, k, moments) * Combination.Kept(k);
            }

            yield return grid.NoiseStep(i) with { NextLevel = to, KeepsData = true, Next = next };
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

/// <summary>What the multistep solvers share.</summary>
static class Multistep
{
    /// <summary>Runs of fewer steps fall back to lower orders at their end.</summary>
    public const int FewSteps = 15;

    /// <summary>The order of a step: it rises at the start, and falls at the end where asked.</summary>
    /// <param name="index">The step.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="most">The solver's order.</param>
    /// <param name="firstAtLast">Whether the last step is of order 1.</param>
    /// <param name="secondBefore">Whether the one before it is of order 2 at most.</param>
    public static int Order(int index, int steps, int most, bool firstAtLast, bool secondBefore) =>
        firstAtLast && index == steps - 1 ? 1
        : secondBefore && index == steps - 2 ? Math.Min(Math.Min(most, 2), index + 1)
        : Math.Min(most, index + 1);

    static readonly double[][] AdamsBashforth =
    [
        [1],
        [3 / 2.0, -1 / 2.0],
        [23 / 12.0, -16 / 12.0, 5 / 12.0],
        [55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0],
    ];

    /// <summary>The Adams-Bashforth sum of even steps over as many values as there are, up to 4.</summary>
    public static Combination Adams(int values)
    {
        double[] weights = AdamsBashforth[Math.Min(values, AdamsBashforth.Length) - 1];
        Combination sum = default;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += weights[k] * Combination.Kept(k);
        }

        return sum;
    }
}
