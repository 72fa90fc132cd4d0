namespace Lacuna.Sampling;

/// <summary>Grids of schedulers that step from one training step to another: DDIM, DDPM, PNDM, LCM, TCD.</summary>
/// <param name="schedule">The products of the training steps.</param>
/// <param name="network">How the network is asked and answered.</param>
/// <param name="spacing">Which training steps are visited.</param>
/// <param name="offset">Added under <see cref="TimestepSpacing.Leading"/>.</param>
/// <param name="endsAtData">Whether the level after the last step has no noise; otherwise it is that of the first training step.</param>
sealed class DiscreteGrids(NoiseSchedule schedule, NetworkContract network, TimestepSpacing spacing, int offset, bool endsAtData)
{
    /// <summary>Steps of even length: each ends so many training steps further down, wherever the next one begins.</summary>
    public SamplingGrid Even(SamplingOptions options)
    {
        double[] timesteps = Spaced(options);
        int length = schedule.Count / timesteps.Length;
        return Grid(options, timesteps, timesteps.Select(t => LevelAfter(t - length)));
    }

    /// <summary>Each step ends where the next begins; the last ends at the data.</summary>
    public SamplingGrid Chained(SamplingOptions options)
    {
        double[] timesteps = Spaced(options);
        return Grid(options, timesteps, [.. timesteps.Part(1..).Select(Level), new NoiseLevel(1, 0)]);
    }

    /// <summary>The grid of <see cref="PndmSolver"/>: calls of Runge and Kutta, or one step twice, then steps of even length.</summary>
    public SamplingGrid Pndm(SamplingOptions options, bool skipsRungeKutta)
    {
        double[] falling = Spaced(options);
        int length = schedule.Count / falling.Length;
        List<double> timesteps = [];
        List<double> targets = [];
        if (skipsRungeKutta)
        {
            int skipped = options.Skipped(falling.Length);
            timesteps.AddRange(falling);
            targets.AddRange(falling.Select(t => t - length));
            if (skipped == 0 && falling.Length > 1)
            {
                timesteps.Insert(1, falling[1]);
                targets.Insert(1, falling[1]);
            }
        }
        else
        {
            CheckRungeKutta(falling.Length, options);
            for (int k = 0; k < PndmSolver.RungeKuttaSteps; k++)
            {
                double start = falling[k], middle = falling[k + 1] + (length / 2);
                timesteps.AddRange([start, middle, middle, falling[k + 1]]);
                targets.AddRange([start - (length / 2), middle, middle - (length / 2), falling[k + 1]]);
            }

            timesteps.AddRange(falling.Part(PndmSolver.RungeKuttaSteps..));
            targets.AddRange(falling.Part(PndmSolver.RungeKuttaSteps..).Select(t => t - length));
        }

        int second = options.Skipped(falling.Length) + 1;
        double repeated = second < timesteps.Count ? timesteps[second] + length : timesteps[0];
        return Grid(options, [.. timesteps], targets.Select(LevelAfter), LevelAfter(Math.Min(repeated, schedule.Count - 1)));
    }

    /// <summary>Timesteps of distillation, thinned; each step ends where the next begins, and the last at the data.</summary>
    public SamplingGrid Consistency(SamplingOptions options, int distilledSteps)
    {
        double[] timesteps = Distilled(options, distilledSteps);
        return Grid(options, timesteps, [.. timesteps.Part(1..).Select(Level), new NoiseLevel(1, 0)]);
    }

    /// <summary>The same, with the levels that <see cref="TcdSolver"/> jumps to as targets.</summary>
    public SamplingGrid Trajectory(SamplingOptions options, int distilledSteps, double eta)
    {
        double[] timesteps = Distilled(options, distilledSteps);
        double[] next = [.. timesteps.Part(1..), 0];
        SamplingGrid grid = Grid(options, timesteps, next.Select(t => Level(Math.Floor((1 - eta) * t))));
        grid.Levels[^1] = Level(0);
        return grid;
    }

    static void CheckRungeKutta(int steps, SamplingOptions options)
    {
        if (steps <= PndmSolver.RungeKuttaSteps || options.Skipped(steps) > 0)
        {
            throw new ArgumentException(
                "Steps: a run of PNDM with Runge-Kutta steps has at least 4 and leaves none out; set 'skip_prk_steps' for others.");
        }
    }

    double[] Spaced(SamplingOptions options)
    {
        RefuseSigmas(options);
        if (options.Timesteps is not null)
        {
            return options.Timesteps.Select(CheckedStep);
        }

        CheckCount(options.Steps);
        double[] timesteps = TimestepSpacings.Make(spacing, schedule.Count, options.Steps, offset, 0, schedule.Count, whole: true);
        return timesteps.Select(CheckedStep);
    }

    double[] Distilled(SamplingOptions options, int distilledSteps)
    {
        RefuseSigmas(options);
        if (options.Timesteps is not null)
        {
            return options.Timesteps.Select(CheckedStep);
        }

        int kept = (int)(distilledSteps * options.Strength), every = schedule.Count / distilledSteps;
        if (options.Steps > kept)
        {
            throw new ArgumentException(
                $"Steps is {options.Steps}: the network was distilled for {kept} (field 'original_inference_steps').");
        }

        return Sequence.Of(options.Steps, i => (int)Math.Floor(i * (kept / (double)options.Steps)))
            .Select(i => (double)(((kept - i) * every) - 1));
    }

    void CheckCount(int steps)
    {
        if (steps > schedule.Count)
        {
            throw new ArgumentException($"Steps is {steps}: the network has {schedule.Count} training steps.");
        }
    }

    double CheckedStep(double timestep) => timestep == Math.Floor(timestep) && timestep < schedule.Count
        ? timestep
        : throw new ArgumentException($"Timesteps: {timestep} is not a whole number below {schedule.Count}.");

    static void RefuseSigmas(SamplingOptions options)
    {
        if (options.Sigmas is not null)
        {
            throw new ArgumentException("Sigmas: this scheduler goes by timesteps.");
        }
    }

    SamplingGrid Grid(SamplingOptions options, double[] timesteps, NoiseLevel[] targets, NoiseLevel repeatedFrom = default) => new()
    {
        Timesteps = timesteps,
        Levels = [.. timesteps.Select(Level), targets[^1]],
        Targets = targets,
        Network = network,
        TimestepOf = _ => throw new InvalidOperationException("A discrete schedule has no levels in between."),
        InitialDeviation = 1,
        RepeatedFrom = repeatedFrom,
    };

    NoiseLevel Level(double timestep) => NoiseLevel.FromAlphaProduct(schedule.Products[(int)timestep]);

    NoiseLevel LevelAfter(double timestep) =>
        timestep >= 0 ? Level(timestep) : endsAtData ? new NoiseLevel(1, 0) : Level(0);
}
