namespace Lacuna.Sampling;

/// <summary>Two calls of the network a step: Euler's step, then the mean of the slopes at both ends.</summary>
/// <remarks>
/// The second half is written on the latents after the first: <c>x' = x + d/2 (slope - slope before)</c>, so that nothing else need be
/// kept.
/// <para>Source: Karras et al., arXiv:2206.00364, algorithm 1.</para>
/// </remarks>
/// <param name="Churn">Noise added before each step but the first, before the network is called; null for none.</param>
public sealed record HeunSolver(Churn? Churn = null) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        NoiseLevel from = grid.Levels[0];
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel to = grid.Levels[i + 1];
            NoiseLevel raised = i + 1 < grid.Steps ? to with { Sigma = grid.Raised(Churn, to.Sigma) } : to;
            Combination lift = raised == to ? default : Churn!.Weight(to.Sigma, raised.Sigma) * Combination.Z;
            double fall = to.Sigma - from.Sigma;
            bool single = to.Sigma == 0;
            SamplingStep first = from == grid.Levels[i] ? grid.SlopeStep(i) : grid.SlopeStep(from, grid.TimestepOf(from));
            steps.Add(first with
            {
                NextLevel = to,
                KeepsData = true,
                Next = Combination.X + (fall * Combination.Kept(0)) + (single ? lift : default),
                DrawsNoise = single && lift.Noise != 0,
            });

            if (!single)
            {
                double timestep = i + 1 < grid.Steps ? grid.Timesteps[i + 1] : grid.TimestepOf(to);
                steps.Add(grid.SlopeStep(to, timestep) with
                {
                    NextLevel = raised,
                    Next = Combination.X + (fall / 2 * (Combination.Kept(0) - Combination.Kept(1))) + lift,
                    DrawsNoise = lift.Noise != 0,
                });
            }

            from = raised;
        }
    }
}
