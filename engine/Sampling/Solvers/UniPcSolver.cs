namespace Lacuna.Sampling;

/// <summary>The function B(h) that a <see cref="UniPcSolver"/> is built on.</summary>
public enum UniPcVariant
{
    /// <summary>h itself.</summary>
    Bh1 = 1,

    /// <summary>e^h - 1.</summary>
    Bh2 = 2,
}

/// <summary>Unified predictor-corrector: each call of the network first corrects the step before it, then predicts the next.</summary>
/// <remarks>
/// Corrector and predictor of one interval begin with the same terms, so the corrected latents are the predicted ones plus a sum of
/// values kept:
/// correction and prediction are one sum, and one pass.
/// <para>Source: Zhao et al., arXiv:2302.04867.</para>
/// </remarks>
/// <param name="Order">From 1 to 3.</param>
/// <param name="Variant">B(h).</param>
/// <param name="InNoise">Whether the values are of the noise instead of the data.</param>
/// <param name="LowerOrderFinal">Whether the last steps are of lower order.</param>
/// <param name="UncorrectedSteps">Steps that are not corrected; null corrects all.</param>
public sealed record UniPcSolver(
    int Order = 2,
    UniPcVariant Variant = UniPcVariant.Bh2,
    bool InNoise = false,
    bool LowerOrderFinal = true,
    IReadOnlyList<int>? UncorrectedSteps = null) : Solver
{
    /// <summary>Whether steps are corrected at all.</summary>
    public bool Corrects { get; init; } = true;

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        int before = 0;
        for (int i = 0; i < grid.Steps; i++)
        {
            bool corrects = Corrects && i > 0 && !IsUncorrected(i - 1 + grid.Skipped);
            Combination state = corrects ? Combination.X + new Interval(this, grid, i - 1, before, kept: 1).Correction() : Combination.X;
            int order = Math.Min(i + 1, LowerOrderFinal ? Math.Min(Order, grid.Steps - i) : Order);
            before = grid.Levels[i + 1].Sigma == 0 ? 1 : order;
            SamplingStep step = InNoise ? grid.NoiseStep(i) : grid.Step(i);
            steps.Add(step with
            {
                NextLevel = grid.Levels[i + 1],
                KeepsData = true,
                Next = new Interval(this, grid, i, before, kept: 0).Prediction(state),
            });
        }
    }

    bool IsUncorrected(int step)
    {
        for (int i = 0; i < UncorrectedSteps?.Count; i++)
        {
            if (UncorrectedSteps[i] == step)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One interval of the grid, seen from its beginning or, for the correction, from its end.</summary>
    readonly struct Interval
    {
        readonly UniPcSolver solver;
        readonly NoiseLevel from, to;
        readonly double length, bh;
        readonly double[] ratios;
        readonly Combination[] differences;
        readonly Combination value;

        /// <param name="solver">The rule.</param>
        /// <param name="grid">The levels.</param>
        /// <param name="index">Where the interval begins.</param>
        /// <param name="order">Values in use.</param>
        /// <param name="kept">Age of the value at its beginning.</param>
        public Interval(UniPcSolver solver, SamplingGrid grid, int index, int order, int kept)
        {
            (this.solver, from, to) = (solver, grid.Levels[index], grid.Levels[index + 1]);
            double h = DpmStep.Length(from, to);
            length = solver.InNoise ? h : -h;
            bh = solver.Variant == UniPcVariant.Bh1 ? length : PlanMath.ExpMinusOne(length);
            value = Combination.Kept(kept);
            ratios = [.. Sequence.Of(order - 1, k => -DpmStep.Length(grid.Levels[index - k - 1], grid.Levels[index]) / h), 1];
            Combination begin = value;
            double[] each = ratios;
            differences = Sequence.Of(order - 1, k => (1 / each[k]) * (Combination.Kept(kept + k + 1) - begin));
        }

        double Scale => solver.InNoise ? to.Sigma : to.Alpha;

        /// <summary>The scale times e^length - 1, which has a limit where the noise ends.</summary>
        double ScaledGain => solver.InNoise && to.Sigma == 0
            ? to.Alpha * from.Sigma / from.Alpha
            : Scale * PlanMath.ExpMinusOne(length);

        public Combination Prediction(Combination state) =>
            ((solver.InNoise ? to.Alpha / from.Alpha : to.Sigma / from.Sigma) * state)
            - (ScaledGain * value)
            - Residue(Predicted());

        public Combination Correction()
        {
            double[] weights = ratios.Length == 1 ? [0.5] : Solve(ratios.Length);
            Combination change = weights[^1] * (Combination.Kept(0) - value);
            for (int k = 0; k < differences.Length; k++)
            {
                change += weights[k] * differences[k];
            }

            return Residue(Predicted()) - Residue(change);
        }

        Combination Residue(Combination sum) => ratios.Length == 1 && sum == default ? default : Scale * bh * sum;

        Combination Predicted()
        {
            double[] weights = differences.Length == 1 ? [0.5] : Solve(differences.Length);
            Combination sum = default;
            for (int k = 0; k < differences.Length; k++)
            {
                sum += weights[k] * differences[k];
            }

            return sum;
        }

        /// <summary>The weights that make the differences exact for polynomials below a degree: a Vandermonde system.</summary>
        double[] Solve(int count)
        {
            var rows = new double[count, count];
            var right = new double[count];
            double phi = (PlanMath.ExpMinusOne(length) / length) - 1, factorial = 1;
            for (int i = 0; i < count; i++)
            {
                right[i] = phi * factorial / bh;
                factorial *= i + 2;
                phi = (phi / length) - (1 / factorial);
                for (int k = 0; k < count; k++)
                {
                    rows[i, k] = i == 0 ? 1 : rows[i - 1, k] * ratios[k];
                }
            }

            return LinearSystem.Solve(rows, right);
        }
    }
}
