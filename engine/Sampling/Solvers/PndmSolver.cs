namespace Lacuna.Sampling;

/// <summary>Pseudo numerical method: Adams-Bashforth in the network's output, each step taken by the transfer of DDIM.</summary>
/// <remarks>Source: Liu et al., arXiv:2202.09778. The grid comes from <see cref="DiscreteGrids.Pndm"/>.</remarks>
/// <param name="SkipsRungeKutta">Whether the first values come from one doubled step instead of three of Runge and Kutta.</param>
public sealed record PndmSolver(bool SkipsRungeKutta = true) : Solver
{
    /// <summary>Steps of Runge and Kutta, of four calls each.</summary>
    internal const int RungeKuttaSteps = 3;

    internal override void Plan(SamplingGrid grid, List<SamplingStep> steps)
    {
        int first = SkipsRungeKutta ? 0 : 4 * RungeKuttaSteps;
        for (int i = 0; i < first; i += 4)
        {
            RungeKutta(grid, i, steps);
        }

        for (int i = first; i < grid.Steps; i++)
        {
            // The second call of a run without Runge and Kutta repeats the first step with the mean of both outputs.
            bool repeats = SkipsRungeKutta && i == 1;
            int values = SkipsRungeKutta ? (i == 0 ? 1 : i) : i - first + 1 + RungeKuttaSteps;
            NoiseLevel from = repeats ? grid.RepeatedFrom : grid.Levels[i], to = grid.Target(i);
            steps.Add(Step(grid, i) with
            {
                NextLevel = to,
                KeepsData = !repeats,
                Ages = SkipsRungeKutta ? (1, 2, 3) : Ages(i - first),
                Next = repeats ? Repeated(grid, from, to) : Move(grid, from, to, Combination.X, Multistep.Adams(values)),
            });
        }
    }

    /// <summary>The first step once more, from where it began, with the mean of both outputs.</summary>
    static Combination Repeated(SamplingGrid grid, NoiseLevel from, NoiseLevel to)
    {
        Combination start = Origin(grid, grid.Levels[0], grid.Target(0), Combination.Kept(1));
        return Move(grid, from, to, start, 0.5 * (Combination.Kept(0) + Combination.Kept(1)));
    }

    /// <summary>Four calls: two in the middle of the step, one at its end, and their weighted mean over the whole.</summary>
    static void RungeKutta(SamplingGrid grid, int first, List<SamplingStep> steps)
    {
        NoiseLevel from = grid.Levels[first], middle = grid.Target(first), again = grid.Target(first + 1), end = grid.Target(first + 2);
        Combination k = Combination.Kept(0), before = Combination.Kept(1);
        steps.Add(Step(grid, first) with { NextLevel = middle, KeepsData = true, Next = Move(grid, from, middle, Combination.X, k) });
        steps.Add(Step(grid, first + 1) with
        {
            NextLevel = again,
            KeepsData = true,
            Next = Move(grid, from, again, Origin(grid, from, middle, before), k),
        });
        steps.Add(Step(grid, first + 2) with
        {
            NextLevel = end,
            KeepsData = true,
            Next = Move(grid, from, end, Origin(grid, from, again, before), k),
        });
        Combination mean = (1 / 6.0 * (Combination.Kept(3) + k)) + (1 / 3.0 * (Combination.Kept(2) + before));
        steps.Add(Step(grid, first + 3) with
        {
            NextLevel = end,
            Next = Move(grid, from, end, Origin(grid, from, end, before), mean),
        });
    }

    /// <summary>Three outputs are kept a step of Runge and Kutta, of which the first is wanted later.</summary>
    static (int First, int Second, int Third) Ages(int since) => since switch
    {
        0 => (3, 6, 9),
        1 => (1, 4, 7),
        2 => (1, 2, 5),
        _ => (1, 2, 3),
    };

    static SamplingStep Step(SamplingGrid grid, int index) =>
        grid.Step(index) with { Data = new Conversion(0, 1), DataFromClean = default };

    /// <summary>Transfer along a sum of outputs, which stand for velocities where the network predicts them.</summary>
    static Combination Move(SamplingGrid grid, NoiseLevel from, NoiseLevel to, Combination state, Combination output) =>
        Transfer(from, to, state, Noise(grid, from, state, output));

    static Combination Noise(SamplingGrid grid, NoiseLevel from, Combination state, Combination output)
    {
        Conversion noise = grid.Network.Noise(from);
        return (noise.State * state) + (noise.Output * output);
    }

    /// <summary>Where a step began whose end is the latents now: <see cref="Move"/> solved for its state.</summary>
    static Combination Origin(SamplingGrid grid, NoiseLevel from, NoiseLevel to, Combination output)
    {
        Combination ofState = Move(grid, from, to, Combination.X, default);
        Combination ofOutput = Move(grid, from, to, default, output);
        return (1 / ofState.State) * (Combination.X - ofOutput);
    }
}
