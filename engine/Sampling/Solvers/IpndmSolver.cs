namespace Lacuna.Sampling;

/// <summary>Pseudo numerical method of fourth order for networks of velocities, on its own schedule.</summary>
/// <remarks>Source: Liu et al., arXiv:2202.09778, as K. Crowson's v-diffusion has it.</remarks>
public sealed record IpndmSolver : Solver
{
    /// <summary>Below this the data are taken for 0 instead of dividing by it.</summary>
    const double LeastAlpha = 1e-8;

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            Combination noise = Multistep.Adams(i + 1);
            steps.Add(grid.NoiseStep(i) with
            {
                NextLevel = to,
                KeepsData = true,
                Next = from.Alpha < LeastAlpha ? to.Sigma * noise : Transfer(from, to, Combination.X, noise),
            });
        }
    }
}
