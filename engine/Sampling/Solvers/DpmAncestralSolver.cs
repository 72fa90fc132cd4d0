namespace Lacuna.Sampling;

/// <summary>DPM-Solver++ of two calls a step, in the data, with the noise of Euler's ancestral step: 2S ancestral and SDE.</summary>
/// <remarks>Source: K. Crowson, k-diffusion, sample_dpmpp_2s_ancestral and sample_dpmpp_sde.</remarks>
/// <param name="Eta">Share of the noise that is drawn anew.</param>
/// <param name="IsStochasticInside">
/// Whether noise is drawn in the middle of a step too; the step goes to its end in lambda, noise apart, otherwise.
/// </param>
/// <param name="Middle">Where the middle lies in lambda, between 0 and 1.</param>
public sealed record DpmAncestralSolver(double Eta = 1, bool IsStochasticInside = false, double Middle = 0.5) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            (double down, double up) = EulerSolver.Split(from, to, Eta);
            if (down == 0)
            {
                steps.Add(grid.Step(i) with { NextLevel = to, Next = Combination.Kept(0) });
                continue;
            }

            double end = IsStochasticInside ? to.Sigma : down;
            var middle = new NoiseLevel(from.Alpha, from.Sigma * PlanMath.Pow(end / from.Sigma, Middle));
            (double middleDown, double middleUp) = IsStochasticInside ? EulerSolver.Split(from, middle, Eta) : (middle.Sigma, 0);
            Combination clean = Combination.Kept(0), first = Combination.Kept(1);
            Combination half = Move(from.Sigma, middleDown, Combination.X, clean);
            steps.Add(grid.Step(i) with
            {
                NextLevel = middle,
                KeepsData = true,
                KeepsState = IsStochasticInside,
                DrawsNoise = IsStochasticInside,
                Next = half + (middleUp * Combination.Z),
            });

            double share = IsStochasticInside ? 1 / (2 * Middle) : 1;
            Combination start = IsStochasticInside ? Combination.Kept(2) : (1 / half.State) * (Combination.X - (half.Data * first));
            steps.Add(grid.Step(middle, grid.TimestepOf(middle)) with
            {
                NextLevel = to,
                DrawsNoise = true,
                Next = Move(from.Sigma, down, start, ((1 - share) * first) + (share * clean)) + (up * Combination.Z),
            });
        }
    }

    /// <summary>Euler's step in the data.</summary>
    static Combination Move(double from, double to, Combination state, Combination clean) =>
        (to / from * state) + ((1 - (to / from)) * clean);
}
