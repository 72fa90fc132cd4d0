namespace Lacuna.Sampling;

/// <summary>Jumps past the next level and adds noise back up to it: trajectory consistency distillation.</summary>
/// <remarks>Source: Zheng et al., arXiv:2402.19159, algorithm 4. The targets of the grid are the levels that it jumps to.</remarks>
/// <param name="Eta">From 0, deterministic, to 1, where every jump goes to the data.</param>
public sealed record TcdSolver(double Eta = 0.3) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], jump = grid.Target(i), to = grid.Levels[i + 1];
            Combination noised = (jump.Alpha * Combination.Kept(0)) + (jump.Sigma * Combination.Of(grid.Network.Noise(from)));
            bool renoises = Eta > 0 && i + 1 < grid.Steps;
            double kept = to.Alpha / jump.Alpha;
            steps.Add(grid.Step(i) with
            {
                NextLevel = renoises ? to : jump,
                DrawsNoise = renoises,
                Next = renoises ? (kept * noised) + (Math.Sqrt(Math.Max(0, 1 - (kept * kept))) * Combination.Z) : noised,
            });
        }
    }
}
