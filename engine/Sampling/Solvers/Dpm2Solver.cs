namespace Lacuna.Sampling;

/// <summary>
/// Two calls of the network a step: to the middle (of the logarithms), then over the whole step with the slope found there.
/// </summary>
/// <remarks>Source: Karras et al., arXiv:2206.00364, and Lu et al., arXiv:2206.00927 (DPM-Solver-2).</remarks>
/// <param name="Eta">Share of the noise that is drawn anew at the end of a step: 0 is deterministic, 1 ancestral.</param>
public sealed record Dpm2Solver(double Eta = 0) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            (double down, double up) = EulerSolver.Split(from, to, Eta);
            var middle = new NoiseLevel(from.Alpha, Math.Sqrt(from.Sigma * down));
            double half = middle.Sigma - from.Sigma;
            steps.Add(grid.SlopeStep(i) with
            {
                NextLevel = middle,
                KeepsData = true,
                Next = Combination.X + (half * Combination.Kept(0)),
            });

            if (middle.Sigma != 0)
            {
                steps.Add(grid.SlopeStep(middle, grid.TimestepOf(middle)) with
                {
                    NextLevel = to,
                    DrawsNoise = Eta > 0,
                    Next = Combination.X
                        - (half * Combination.Kept(1))
                        + ((down - from.Sigma) * Combination.Kept(0))
                        + (up * Combination.Z),
                });
            }
        }
    }
}
