namespace Lacuna.Sampling;

/// <summary>Stochastic Adams: predictor and corrector whose noise is set by tau, 0 deterministic and 1 the reverse process.</summary>
/// <remarks>
/// As in <see cref="UniPcSolver"/> predictor and corrector of an interval share their first terms and their noise, so that the
/// correction is a
/// sum of values kept.
/// <para>Source: Xue et al., arXiv:2309.05019.</para>
/// </remarks>
/// <param name="PredictorOrder">From 1 to 3.</param>
/// <param name="CorrectorOrder">From 1 to 4.</param>
/// <param name="InNoise">Whether the values are of the noise instead of the data.</param>
/// <param name="Tau">Noise inside the interval of timesteps.</param>
/// <param name="From">Least timestep with noise.</param>
/// <param name="To">Greatest timestep with noise.</param>
/// <param name="LowerOrderFinal">Whether the last steps are of lower order.</param>
public sealed record SaSolver(
    int PredictorOrder = 2,
    int CorrectorOrder = 2,
    bool InNoise = false,
    double Tau = 1,
    double From = 200,
    double To = 800,
    bool LowerOrderFinal = true) : Solver
{
    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        int corrector = 0;
        double tauBefore = 0;
        Combination predicted = default;
        for (int i = 0; i < grid.Steps; i++)
        {
            Combination state = Combination.X;
            if (i > 0)
            {
                state += Corrected(grid, i, corrector, tauBefore) - Older(predicted);
            }

            double tau = grid.Timesteps[i] >= From && grid.Timesteps[i] <= To ? Tau : 0;
            int left = grid.Steps - i;
            int predictor = Math.Min(i + 1, LowerOrderFinal ? Math.Min(PredictorOrder, left) : PredictorOrder);
            corrector = Math.Min(i + 2, LowerOrderFinal ? Math.Min(CorrectorOrder, left + 1) : CorrectorOrder);
            predicted = Predicted(grid, i, predictor, tau);
            tauBefore = tau;
            NoiseLevel from = grid.Levels[i], to = grid.Levels[i + 1];
            double h = DpmStep.Length(from, to);
            double decay = PlanMath.Exp(-tau * tau * h);
            double noise = InNoise ? tau * Math.Sqrt(PlanMath.ExpMinusOne(2 * h)) : Math.Sqrt(1 - (decay * decay));
            SamplingStep step = InNoise ? grid.NoiseStep(i) : grid.Step(i);
            steps.Add(step with
            {
                NextLevel = to,
                KeepsData = true,
                DrawsNoise = true,
                Next = ((InNoise ? to.Alpha / from.Alpha : to.Sigma / from.Sigma * decay) * state)
                    + predicted
                    + (to.Sigma * noise * Combination.Z),
            });
        }
    }

    /// <summary>The same sum one step later: what was this step's value is then the newest past one.</summary>
    static Combination Older(Combination sum) => new(Past1: sum.Data, Past2: sum.Past1, Past3: sum.Past2);

    /// <summary>The predictor's sum of values over the interval from a level to the next.</summary>
    Combination Predicted(SamplingGrid grid, int i, int order, double tau)
    {
        double[] weights = Weights(grid, i, i, order, tau);
        if (order == 2 && !InNoise)
        {
            double h = DpmStep.Length(grid.Levels[i], grid.Levels[i + 1]), whole = 1 + (tau * tau);
            double excess = ((h * h) / 2) - (Linear(h, whole) / (whole * whole));
            Shift(weights, whole * grid.Levels[i + 1].Alpha * excess / DpmStep.Length(grid.Levels[i - 1], grid.Levels[i]));
        }

        return Sum(weights);
    }

    /// <summary>The corrector's sum over the interval that ends at a level.</summary>
    Combination Corrected(SamplingGrid grid, int i, int order, double tau)
    {
        double[] weights = Weights(grid, i - 1, i, order, tau);
        if (order == 2 && !InNoise)
        {
            double h = DpmStep.Length(grid.Levels[i - 1], grid.Levels[i]), whole = 1 + (tau * tau);
            Shift(weights, whole * grid.Levels[i].Alpha * ((h / 2) - (Linear(h, whole) / (whole * whole * h))));
        }

        return Sum(weights);
    }

    static double Linear(double h, double whole) => (h * whole) + PlanMath.ExpMinusOne(-whole * h);

    static void Shift(double[] weights, double amount)
    {
        weights[0] += amount;
        weights[1] -= amount;
    }

    static Combination Sum(double[] weights)
    {
        Combination sum = default;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += weights[k] * Combination.Kept(k);
        }

        return sum;
    }

    /// <summary>
    /// The weights of the newest values over an interval: Lagrange's polynomials in lambda under the exponential weight.
    /// </summary>
    double[] Weights(SamplingGrid grid, int begin, int newest, int order, double tau)
    {
        NoiseLevel end = grid.Levels[begin + 1];
        double h = DpmStep.Length(grid.Levels[begin], end);
        double whole = 1 + (tau * tau);
        double[] nodes = Sequence.Of(order, k => -DpmStep.Length(grid.Levels[newest - k], end));
        double[] moments = Moments(order, h, InNoise ? -1 : whole);
        double scale = InNoise ? -whole * end.Sigma : whole * end.Alpha;
        return Sequence.Of(order, k => scale * Lagrange.Integral(nodes, k, moments));
    }

    /// <summary>Integrals of u^j e^(rate u) from -h to 0.</summary>
    static double[] Moments(int count, double h, double rate)
    {
        var moments = new double[count];
        double power = 1, first = PlanMath.Exp(-rate * h);
        for (int j = 0; j < count; j++)
        {
            double ends = j == 0 ? -PlanMath.ExpMinusOne(-rate * h) : -power * first;
            moments[j] = (ends - (j == 0 ? 0 : j * moments[j - 1])) / rate;
            power *= -h;
        }

        return moments;
    }
}
