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

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel to = grid.Levels[i + 1];
            double tau = grid.Timesteps[i] * TimestepScale;
            double spread = (tau * tau) + DataVariance;
            Combination clean = TimestepScale == 0
                ? Combination.Kept(0)
                : (tau / Math.Sqrt(spread) * Combination.Kept(0)) + (DataVariance / spread * Combination.X);
            steps.Add(grid.Step(i) with
            {
                NextLevel = to,
                DrawsNoise = DrawsAtLast || i + 1 < grid.Steps,
                Next = (to.Alpha * clean) + (to.Sigma * Combination.Z),
            });
        }
    }
}
