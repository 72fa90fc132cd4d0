namespace Lacuna.Sampling;

/// <summary>
/// DPM-Solver and DPM-Solver++, single-step: blocks of one, two or three calls that each start afresh on the grid's levels.
/// </summary>
/// <remarks>
/// The formulas of a block stand on its first latents. Without noise those follow from the latents now and what was kept; with noise
/// they are kept.
/// <para>Source: Lu et al., arXiv:2206.00927, algorithms 1 and 2, arXiv:2211.01095.</para>
/// </remarks>
/// <param name="Order">From 1 to 3: the calls of a block.</param>
/// <param name="Variant">The weight of the highest order.</param>
/// <param name="InNoise">Whether the values are of the noise instead of the data.</param>
/// <param name="Eta">0 deterministic, 1 the reverse process with all its noise; in the data alone.</param>
/// <param name="LowerOrderFinal">Whether a run whose steps do not fill the blocks ends with lower orders.</param>
public sealed record DpmSingleStepSolver(
    int Order = 2,
    DpmVariant Variant = DpmVariant.Midpoint,
    bool InNoise = false,
    double Eta = 0,
    bool LowerOrderFinal = false) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        int[] orders = Orders(grid.TotalSteps, grid.Levels[^1].Sigma == 0).Part(grid.Skipped..);
        for (int i = 0; i < grid.Steps; i++)
        {
            int order = Math.Min(orders[i], i + 1);
            SamplingStep step = InNoise ? grid.NoiseStep(i) : grid.Step(i);
            bool opens = Eta != 0 && order == 1 && i + 1 < grid.Steps && orders[i + 1] > 1;
            steps.Add(step with
            {
                NextLevel = grid.Levels[i + 1],
                KeepsData = i + 1 < grid.Steps && orders[i + 1] > 1,
                KeepsState = opens,
                DrawsNoise = Eta != 0,
                Next = order switch
                {
                    1 => Kind(grid, i, i + 1, Variant).Apply(Combination.X, Combination.Kept(0)),
                    2 => Second(grid, i),
                    _ => Third(grid, i),
                },
            });
        }
    }

    /// <summary>
    /// The calls of a run: blocks of 1, 2, 3 up to the order; a last call that must not be of high order is of the first.
    /// </summary>
    int[] Orders(int steps, bool endsClean)
    {
        int[] orders = Sequence.Of(steps, i => (i % Order) + 1);
        if (endsClean || (LowerOrderFinal && steps % Order == 0))
        {
            orders[^1] = 1;
        }

        return orders;
    }

    DpmStep Kind(SamplingGrid grid, int from, int to, DpmVariant variant) => InNoise
        ? DpmStep.InNoise(grid.Levels[from], grid.Levels[to], stochastic: false, variant)
        : DpmStep.InData(grid.Levels[from], grid.Levels[to], Eta, variant, slipped: Eta != 0);

    /// <summary>The whole block of two from its first latents.</summary>
    Combination Second(SamplingGrid grid, int i)
    {
        Combination value = Combination.Kept(1);
        Combination start = Eta != 0 ? Combination.Kept(2) : Kind(grid, i - 1, i, Variant).Origin(Combination.X, value);
        double h = DpmStep.Length(grid.Levels[i - 1], grid.Levels[i + 1]);
        double h0 = DpmStep.Length(grid.Levels[i - 1], grid.Levels[i]);
        Combination slope = h0 == 0 ? default : h / h0 * (Combination.Kept(0) - value);
        return Kind(grid, i - 1, i + 1, Variant).Apply(start, value, slope);
    }

    /// <summary>The whole block of three from its first latents.</summary>
    Combination Third(SamplingGrid grid, int i)
    {
        Combination value = Combination.Kept(2);
        double h = DpmStep.Length(grid.Levels[i - 2], grid.Levels[i + 1]);
        double r0 = DpmStep.Length(grid.Levels[i - 2], grid.Levels[i]) / h;
        double r1 = DpmStep.Length(grid.Levels[i - 2], grid.Levels[i - 1]) / h;
        Combination start = Eta != 0 ? Combination.Kept(3) : SecondOrigin(grid, i);
        Combination near = (1 / r1) * (Combination.Kept(1) - value), far = (1 / r0) * (Combination.Kept(0) - value);
        DpmStep step = Kind(grid, i - 2, i + 1, DpmVariant.Heun);
        return Variant == DpmVariant.Midpoint
            ? step.Apply(start, value, far)
            : step.Apply(start, value, (1 / (r0 - r1)) * ((r0 * near) - (r1 * far)), 2 / (r0 - r1) * (far - near));
    }

    /// <summary>The first latents of a block whose second call has been made: its second-order step, solved.</summary>
    Combination SecondOrigin(SamplingGrid grid, int i)
    {
        Combination value = Combination.Kept(2);
        double ratio = DpmStep.Length(grid.Levels[i - 2], grid.Levels[i]) / DpmStep.Length(grid.Levels[i - 2], grid.Levels[i - 1]);
        Combination slope = ratio * (Combination.Kept(1) - value);
        DpmStep step = Kind(grid, i - 2, i, Variant);
        Combination rest = step.Apply(default, value, slope);
        return step.Origin(Combination.X - rest, default);
    }
}
