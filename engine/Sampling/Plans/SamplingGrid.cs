namespace Lacuna.Sampling;

/// <summary>The noise levels that a run visits, and what the network is told at each.</summary>
sealed class SamplingGrid
{
    /// <summary>Shape [steps]: what the network is told.</summary>
    public required double[] Timesteps { get; init; }

    /// <summary>Shape [steps + 1]: the levels from the first to the one after the last step.</summary>
    public required NoiseLevel[] Levels { get; init; }

    /// <summary>
    /// Shape [steps]: where each step ends, for schedules whose steps do not end where the next begins; otherwise null.
    /// </summary>
    public NoiseLevel[]? Targets { get; init; }

    /// <summary>Where the step begins that <see cref="PndmSolver"/> repeats.</summary>
    public NoiseLevel RepeatedFrom { get; init; }

    /// <summary>How the network is asked and answered.</summary>
    public required NetworkContract Network { get; init; }

    /// <summary>The timestep of a level between those of the grid.</summary>
    public required Func<NoiseLevel, double> TimestepOf { get; init; }

    /// <summary>Deviation of the latents that a run begins with.</summary>
    public required double InitialDeviation { get; init; }

    public int Steps => Timesteps.Length;

    /// <summary>Steps left out at the start, where a run begins with a picture that is partly noise.</summary>
    public int Skipped { get; init; }

    /// <summary>Steps of the run, those left out included: what rules about short runs mean.</summary>
    public int TotalSteps => Skipped + Steps;

    /// <summary>Where a step ends.</summary>
    public NoiseLevel Target(int index) => Targets is null ? Levels[index + 1] : Targets[index];

    /// <summary>A step that keeps the data x0; its update is still to be filled in.</summary>
    public SamplingStep Step(int index) => Step(Levels[index], Timesteps[index]);

    /// <summary>The same at any level.</summary>
    public SamplingStep Step(NoiseLevel level, double timestep)
    {
        Conversion clean = Network.Clean(level);
        return new SamplingStep
        {
            Timestep = timestep,
            InputScale = Network.InputScale(level),
            Level = level,
            Clean = clean,
            Data = clean,
        };
    }

    /// <summary>The same, keeping the noise.</summary>
    public SamplingStep NoiseStep(int index) => NoiseStep(Levels[index], Timesteps[index]);

    public SamplingStep NoiseStep(NoiseLevel level, double timestep) => Step(level, timestep) with
    {
        Data = Network.Noise(level),
        DataFromClean = new Conversion(1 / level.Sigma, -level.Alpha / level.Sigma),
    };

    /// <summary>The same, keeping the slope.</summary>
    public SamplingStep SlopeStep(int index) => SlopeStep(Levels[index], Timesteps[index]);

    public SamplingStep SlopeStep(NoiseLevel level, double timestep) => Step(level, timestep) with
    {
        Data = Network.Slope(level),
        DataFromClean = new Conversion(1 / level.Sigma, -1 / level.Sigma),
    };

    /// <summary>Intervals that <see cref="Churn.Amount"/> is shared among; 0 stands for the run's steps.</summary>
    public int ChurnedIntervals { get; init; }

    /// <summary>What a level is raised to by churn.</summary>
    public double Raised(Churn? churn, double sigma) => churn?.Raised(sigma, ChurnedIntervals > 0 ? ChurnedIntervals : TotalSteps) ?? sigma;

    /// <summary>The grid without its first steps.</summary>
    public SamplingGrid Without(int skipped) => skipped == 0 ? this : new SamplingGrid
    {
        Timesteps = Timesteps.Part(skipped..),
        Levels = Levels.Part(skipped..),
        Targets = Targets?[skipped..],
        RepeatedFrom = RepeatedFrom,
        Network = Network,
        TimestepOf = TimestepOf,
        InitialDeviation = InitialDeviation,
        Skipped = skipped,
        ChurnedIntervals = ChurnedIntervals,
    };
}
