namespace Lacuna.Sampling;

/// <summary>
/// DPM-Solver in the noise with a fixed number of calls: blocks of third order between the grid's levels, the last of a lower one.
/// </summary>
/// <remarks>
/// The grid has a third as many levels as calls, rounded down, and two more; its own calls lie at a third and two thirds of a block in
/// lambda.
/// <para>Source: Lu et al., arXiv:2206.00927, appendix D.3; K. Crowson, k-diffusion, sample_dpm_fast.</para>
/// </remarks>
/// <param name="Calls">Calls of the network, at least 1.</param>
public sealed record DpmFastSolver(int Calls) : Solver
{
    const int Most = 3;

    /// <summary>The sigmas that the grid takes: even in their logarithms.</summary>
    /// <param name="greatest">The first.</param>
    /// <param name="least">The last, above 0.</param>
    public double[] Sigmas(double greatest, double least) => SigmaCurves.Exponential(greatest, least, (Calls / Most) + 2);

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        int blocks = (Calls / Most) + 1;
        if (grid.TotalSteps != blocks)
        {
            throw new ArgumentException($"Sigmas: {Calls} calls need {blocks + 1} of them.");
        }

        for (int i = 0; i < grid.Steps; i++)
        {
            int left = blocks - grid.Skipped - i;
            int order = Calls % Most == 0 ? Math.Min(left, Most) : left == 1 ? Calls % Most : Most;
            Block(grid, grid.Levels[i], grid.Levels[i + 1], order, steps);
        }
    }

    /// <summary>
    /// Up to three calls; each update is written on the latents before it, from which the block's first latents follow.
    /// </summary>
    internal static void Block(SamplingGrid grid, NoiseLevel from, NoiseLevel to, int order, List<SamplingStep> steps)
    {
        Combination first = Combination.X;
        for (int call = 0; call < order; call++)
        {
            NoiseLevel here = Between(from, to, call / (double)order);
            NoiseLevel next = call + 1 == order ? to : Between(from, to, (call + 1) / (double)order);
            Combination rest = Change(from, next, call, order);
            steps.Add(grid.NoiseStep(here, grid.TimestepOf(here)) with
            {
                NextLevel = next,
                KeepsData = call + 1 < order,
                Next = (next.Alpha / from.Alpha * first) + rest,
            });

            // Seen from the next call, what this one kept is one older.
            var older = new Combination(Past1: rest.Data, Past2: rest.Past1, Past3: rest.Past2);
            first = from.Alpha / next.Alpha * (Combination.X - older);
        }
    }

    /// <summary>The end of a block by the order below it, as an update after the last but one of its calls.</summary>
    internal static Combination LowerEnd(NoiseLevel from, NoiseLevel to, int order)
    {
        double gain = to.Sigma * PlanMath.ExpMinusOne(DpmStep.Length(from, to));
        if (order == 2)
        {
            return (to.Alpha / from.Alpha * Combination.X) - (gain * Combination.Kept(0));
        }

        NoiseLevel here = Between(from, to, 1 / (double)order);
        Combination first = from.Alpha / here.Alpha * (Combination.X - (Change(from, here, 0, order).Data * Combination.Kept(1)));
        return (to.Alpha / from.Alpha * first)
            - (gain * (Combination.Kept(1) + (order / 2.0 * (Combination.Kept(0) - Combination.Kept(1)))));
    }

    static NoiseLevel Between(NoiseLevel from, NoiseLevel to, double share) =>
        new(from.Alpha, from.Sigma * PlanMath.Pow(to.Sigma / from.Sigma, share));

    /// <summary>What a step from the block's beginning adds: the noise there, and its slope where a later value is known.</summary>
    static Combination Change(NoiseLevel from, NoiseLevel to, int call, int order)
    {
        double h = DpmStep.Length(from, to), gain = PlanMath.ExpMinusOne(h);
        Combination value = Combination.Kept(call);
        if (call == 0)
        {
            return -to.Sigma * gain * value;
        }

        double ratio = (call + 1) / (double)call;
        double slope = order == Most ? (gain / h) - 1 : gain / 2;
        return -to.Sigma * ((gain * value) + (ratio * slope * (Combination.Kept(0) - value)));
    }
}
