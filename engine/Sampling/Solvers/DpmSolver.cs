namespace Lacuna.Sampling;

/// <summary>DPM-Solver and DPM-Solver++, multistep: the values of earlier steps give the slope and the curvature.</summary>
/// <remarks>Source: Lu et al., arXiv:2206.00927 (in the noise), arXiv:2211.01095 (in the data).</remarks>
/// <param name="Order">From 1 to 3.</param>
/// <param name="Variant">The weight of the second order.</param>
/// <param name="InNoise">Whether the values are of the noise (DPM-Solver) instead of the data (DPM-Solver++).</param>
/// <param name="Eta">0 deterministic, 1 the reverse process with all its noise; in the noise any other than 0 counts as 1.</param>
/// <param name="LowerOrderFinal">Whether the last two steps of a run of fewer than 15 are of lower order.</param>
/// <param name="EulerAtFinal">Whether the last step is of order 1 in every run.</param>
public sealed record DpmSolver(
    int Order = 2,
    DpmVariant Variant = DpmVariant.Midpoint,
    bool InNoise = false,
    double Eta = 0,
    bool LowerOrderFinal = true,
    bool EulerAtFinal = false) : Solver
{
    /// <summary>Deviation of the noise that is added.</summary>
    public double NoiseDeviation { get; init; } = 1;

    /// <summary>
    /// Whether the third order with noise has the sign slip that diffusers has (as of 2026): -1/2 for +1/2 in the weight of the curvature.
    /// </summary>
    public bool SlippedThird { get; init; }

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        bool lower = LowerOrderFinal && grid.TotalSteps < Multistep.FewSteps;
        for (int i = 0; i < grid.Steps; i++)
        {
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            int order = to.Sigma == 0 ? 1 : Multistep.Order(i, grid.Steps, Order, lower || EulerAtFinal, lower);
            (Combination slope, Combination curvature, order) = Differences(grid, i, order);
            SamplingStep step = InNoise ? grid.NoiseStep(i) : grid.Step(i);
            Combination next = Kind(from, to, order).Apply(Combination.X, Combination.Kept(0), slope, curvature);
            steps.Add(step with
            {
                NextLevel = to,
                KeepsData = true,
                DrawsNoise = Eta != 0,
                Next = next with { Noise = next.Noise * NoiseDeviation },
            });
        }
    }

    DpmStep Kind(NoiseLevel from, NoiseLevel to, int order)
    {
        DpmVariant variant = order == 3 ? DpmVariant.Heun : Variant;
        return InNoise
            ? DpmStep.InNoise(from, to, stochastic: Eta != 0, variant)
            : DpmStep.InData(from, to, Eta, variant, SlippedThird && Eta != 0);
    }

    /// <summary>The differences of the values kept, and the order that they allow: steps of length 0 tell nothing.</summary>
    static (Combination Slope, Combination Curvature, int Order) Differences(SamplingGrid grid, int i, int order)
    {
        if (order == 1)
        {
            return (default, default, 1);
        }

        double h = DpmStep.Length(grid.Levels[i], grid.Levels[i + 1]);
        double h0 = DpmStep.Length(grid.Levels[i - 1], grid.Levels[i]);
        if (h0 == 0)
        {
            return (default, default, 1);
        }

        Combination newest = h / h0 * (Combination.Kept(0) - Combination.Kept(1));
        double h1 = order > 2 ? DpmStep.Length(grid.Levels[i - 2], grid.Levels[i - 1]) : 0;
        if (order == 2 || h1 == 0)
        {
            return (newest, default, 2);
        }

        Combination older = h / h1 * (Combination.Kept(1) - Combination.Kept(2));
        Combination change = newest - older;
        return (newest + (h0 / (h0 + h1) * change), h / (h0 + h1) * change, 3);
    }
}
