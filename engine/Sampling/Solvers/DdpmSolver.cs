namespace Lacuna.Sampling;

/// <summary>How much noise <see cref="DdpmSolver"/> adds.</summary>
public enum DdpmVariance
{
    /// <summary>The variance of the true posterior.</summary>
    Small = 0,

    /// <summary>Beta of the step.</summary>
    Large = 1,
}

/// <summary>The ancestral step of the first diffusion models: a sample of the posterior given the predicted data.</summary>
/// <remarks>Source: Ho et al., arXiv:2006.11239, equations 6 and 7.</remarks>
/// <param name="Variance">How much noise is added.</param>
public sealed record DdpmSolver(DdpmVariance Variance = DdpmVariance.Small) : Solver
{
    /// <summary>The variance that stands for 0 where the logarithm of it was trained.</summary>
    const double LeastVariance = 1e-20;

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Target(i);
            double kept = from.Alpha / to.Alpha;
            double beta = 1 - (kept * kept);
            double square = from.Sigma * from.Sigma, nextSquare = to.Sigma * to.Sigma;
            double posterior = Math.Max(nextSquare / square * beta, LeastVariance);
            bool draws = grid.Timesteps[i] > 0;
            double noise = draws ? Math.Sqrt(Variance == DdpmVariance.Large ? beta : posterior) : 0;
            steps.Add(grid.Step(i) with
            {
                NextLevel = to,
                DrawsNoise = draws,
                Next = (to.Alpha * beta / square * Combination.Kept(0))
                    + (kept * nextSquare / square * Combination.X)
                    + (noise * Combination.Z),
            });
        }
    }
}
