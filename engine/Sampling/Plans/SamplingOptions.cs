namespace Lacuna.Sampling;

/// <summary>What a run chooses; the rest is the scheduler's.</summary>
public sealed record SamplingOptions
{
    /// <summary>Steps of the run, at least 1. Left out where <see cref="Timesteps"/> or <see cref="Sigmas"/> say it.</summary>
    public int Steps { get; init; }

    /// <summary>The training steps to visit, falling; null leaves them to the scheduler.</summary>
    public IReadOnlyList<double>? Timesteps { get; init; }

    /// <summary>
    /// The sigmas to visit, falling; null leaves them to the scheduler. Where the scheduler's sigmas are noise over data the last is
    /// where the run
    /// ends, usually 0; sigmas of rectified flow are given without the final 0, and are shifted.
    /// </summary>
    public IReadOnlyList<double>? Sigmas { get; init; }

    /// <summary>
    /// How much of a run is made when it begins with a picture: above 0, at most 1. With 0.4 the first 60 % of the steps are left out,
    /// and the picture
    /// takes the noise of where they would have ended.
    /// </summary>
    public double Strength { get; init; } = 1;

    /// <summary>Steps to leave out at the start, instead of <see cref="Strength"/>; -1 for none.</summary>
    public int FirstStep { get; init; } = -1;

    /// <summary>The logarithm of the shift of rectified flow, for schedulers that take it from the picture's size.</summary>
    public double? ShiftLogarithm { get; init; }

    /// <summary>
    /// Tokens of the picture, from which the same schedulers take the logarithm by a straight line of their own; 0 where it is given or
    /// not wanted.
    /// </summary>
    public int ImageTokens { get; init; }

    /// <summary>Share of the noise that is drawn anew, for DDIM and TCD; null is the scheduler's own.</summary>
    public double? Eta { get; init; }

    /// <summary>Whether DDIM's noise follows the clipped data instead of the network's own.</summary>
    public bool NoiseFollowsClipping { get; init; }

    /// <summary>Noise added on the way, for Euler's steps; null for none.</summary>
    public Churn? Churn { get; init; }

    /// <summary>Slopes in use, for linear multistep.</summary>
    public int LmsOrder { get; init; } = 4;

    /// <exception cref="ArgumentException">The options contradict each other or are out of range.</exception>
    internal void Check()
    {
        int ways = (Steps != 0 ? 1 : 0) + (Timesteps is not null ? 1 : 0) + (Sigmas is not null ? 1 : 0);
        if (ways != 1)
        {
            throw new ArgumentException(ways == 0
                ? "Steps is 0: a run has at least 1 step."
                : "Only one of Steps, Timesteps and Sigmas can be given.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Steps);
        CheckFalling(Timesteps, nameof(Timesteps));
        CheckFalling(Sigmas, nameof(Sigmas));
        CheckRange(ImageTokens >= 0, nameof(ImageTokens), ImageTokens, "0 or more");
        CheckRange(ShiftLogarithm is null || double.IsFinite(ShiftLogarithm.Value), nameof(ShiftLogarithm), ShiftLogarithm ?? 0, "finite");
        if (ImageTokens > 0 && ShiftLogarithm is not null)
        {
            throw new ArgumentException("Only one of ImageTokens and ShiftLogarithm can be given.");
        }

        CheckRange(Strength > 0 && Strength <= 1, nameof(Strength), Strength, "above 0 and at most 1");
        CheckRange(Eta is null or (>= 0 and <= 1), nameof(Eta), Eta ?? 0, "from 0 to 1");
        CheckRange(LmsOrder is >= 1 and <= 4, nameof(LmsOrder), LmsOrder, "from 1 to 4");
        if (FirstStep >= 0 && Strength != 1)
        {
            throw new ArgumentException("Only one of FirstStep and Strength can be given.");
        }
    }

    /// <summary>Steps to leave out of so many.</summary>
    internal int Skipped(int steps)
    {
        int skipped = FirstStep >= 0 ? FirstStep : steps - Math.Min((int)(steps * Strength), steps);
        return skipped < steps
            ? skipped
            : throw new ArgumentException($"{(FirstStep >= 0 ? nameof(FirstStep) : nameof(Strength))} leaves none of {steps} steps.");
    }

    static void CheckRange(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {range}.");
        }
    }

    static void CheckFalling(IReadOnlyList<double>? values, string name)
    {
        if (values is null)
        {
            return;
        }

        if (values.Count == 0)
        {
            throw new ArgumentException($"{name} is empty: a run has at least 1 step.");
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] < 0 || (i > 0 && values[i] >= values[i - 1]))
            {
                throw new ArgumentException($"{name}[{i}] is {values[i]}: the values must fall, and be finite and not negative.");
            }
        }
    }
}
