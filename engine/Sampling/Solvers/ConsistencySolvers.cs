namespace Lacuna.Sampling;

/// <summary>Jumps to the data and adds noise again: latent consistency models, and the stochastic step of rectified flow.</summary>
/// <remarks>
/// <c>x' = alpha' (c_out x0 + c_skip x) + sigma' z</c> with tau = scaled timestep, c_skip = .25 / (tau^2 + .25), c_out = tau /
/// sqrt(tau^2 + .25).
/// <para>Source: Luo et al., arXiv:2310.04378.</para>
/// </remarks>
/// <param name="TimestepScale">
/// What the timestep is multiplied with to give tau; 0 leaves c_skip out and takes the data as they are.
/// </param>
/// <param name="DrawsAtLast">Whether a sequential source of noise draws at the last step too.</param>
public sealed record ConsistencySolver(double TimestepScale = 10, bool DrawsAtLast = false) : Solver
{
    const double DataVariance = 0.25;

    internal override IEnumerable<SamplingStep> Plan(SamplingGrid grid)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel to = grid.Levels[i + 1];
            double tau = grid.Timesteps[i] * TimestepScale;
            double spread = (tau * tau) + DataVariance;
            Combination clean = TimestepScale == 0
                ? Combination.Kept(0)
                : (tau / Math.Sqrt(spread) * Combination.Kept(0)) + (DataVariance / spread * Combination.X);
            yield return grid.Step(i) with
            {
                NextLevel = to,
                DrawsNoise = DrawsAtLast || i + 1 < grid.Steps,
                Next = (to.Alpha * clean) + (to.Sigma * Combination.Z),
            };
        }
    }
}

/// <summary>Jumps past the next level and adds noise back up to it: trajectory consistency distillation.</summary>
/// <remarks>Source: Zheng et al., arXiv:2402.19159, algorithm 4. The targets of the grid are the levels that it jumps to.</remarks>
/// <param name="Eta">From 0, deterministic, to 1, where every jump goes to the data.</param>
public sealed record TcdSolver(double Eta = 0.3) : Solver
{
    internal override IEnumerable<SamplingStep> Plan(SamplingGrid grid)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], jump = grid.Target(i), to = grid.Levels[i + 1];
            Combination noised = (jump.Alpha * Combination.Kept(0)) + (jump.Sigma * Combination.Of(grid.Network.Noise(from)));
            bool renoises = Eta > 0 && i + 1 < grid.Steps;
            double kept = to.Alpha / jump.Alpha;
            yield return grid.Step(i) with
            {
                NextLevel = renoises ? to : jump,
                DrawsNoise = renoises,
                Next = renoises ? (kept * noised) + (Math.Sqrt(Math.Max(0, 1 - (kept * kept))) * Combination.Z) : noised,
            };
        }
    }
}
