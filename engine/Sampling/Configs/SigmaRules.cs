namespace Lacuna.Sampling;

/// <summary>Where the sigmas of a run end.</summary>
enum FinalSigma
{
    /// <summary>At 0.</summary>
    Zero,

    /// <summary>At the schedule's least.</summary>
    Least,

    /// <summary>At the run's last, which is repeated.</summary>
    Repeated,
}

/// <summary>How schedulers that go by sigmas differ from each other in their grids.</summary>
sealed record SigmaRules
{
    public required NoiseSchedule Schedule { get; init; }

    public required NetworkContract Network { get; init; }

    public TimestepSpacing Spacing { get; init; }

    public int Offset { get; init; }

    public SigmaCurve Curve { get; init; }

    public FinalSigma Final { get; init; }

    /// <summary>Sigmas that a curve runs between, where the configuration says them.</summary>
    public double? LeastSigma { get; init; }

    public double? GreatestSigma { get; init; }

    /// <summary>Whether the timesteps of a curve are rounded.</summary>
    public bool RoundsCurve { get; init; }

    /// <summary>Whether the network is told a quarter of the logarithm of sigma.</summary>
    public bool Continuous { get; init; }

    /// <summary>Whether the sigmas of the schedule lie on a straight line of their logarithms instead of at the timesteps.</summary>
    public bool LogarithmicLine { get; init; }

    /// <summary>Least lambda in use: noisier training steps are left out.</summary>
    public double LeastLambda { get; init; } = double.NegativeInfinity;

    /// <summary>Shift of rectified flow.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>Whether a run may give the logarithm of the shift.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Whether a curve of noise over data is bent onto the straight line of rectified flow.</summary>
    public bool IsStraight { get; init; }
}
