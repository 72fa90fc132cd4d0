namespace Lacuna.Sampling;

/// <summary>What the latents hold when a run begins.</summary>
public enum LatentStart
{
    /// <summary>Nothing: they are drawn.</summary>
    Noise = 0,

    /// <summary>Latents of the first step's noise level.</summary>
    Latents = 1,

    /// <summary>A picture, which takes the noise of the first step's level.</summary>
    Picture = 2,
}

/// <summary>How a run ended.</summary>
public enum SamplingStatus
{
    /// <summary>The latents hold the sample.</summary>
    Done = 0,

    /// <summary>Cancelled; the latents are zero.</summary>
    Cancelled = 1,

    /// <summary>The network answered with a NaN or an infinity; the latents are zero.</summary>
    NotFinite = 2,
}

/// <summary>How a run ended, and where.</summary>
/// <param name="Status">How.</param>
/// <param name="Step">The call of the network at which it ended; the number of calls where it was done.</param>
/// <param name="Timestep">What the network was told there.</param>
public readonly record struct SamplingResult(SamplingStatus Status, int Step, double Timestep)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => Status switch
    {
        SamplingStatus.Done => $"done in {Step} calls of the network",
        SamplingStatus.Cancelled => $"cancelled before call {Step} of the network",
        _ => $"the network's answer to call {Step} (timestep {Timestep}) holds a NaN or an infinity",
    };
}

/// <summary>What a run draws from, agrees with and reports to.</summary>
public sealed record RunOptions
{
    /// <summary>What the latents hold when the run begins.</summary>
    public LatentStart Start { get; init; }

    /// <summary>Guidance; null asks the network once a step.</summary>
    public Guidance? Guidance { get; init; }

    /// <summary>Something known of the data x0 that every step is made to agree with; null for nothing.</summary>
    public IDataConsistency? Consistency { get; init; }

    /// <summary>A part of the picture that is known and replaces the latents there after every step; null for none.</summary>
    public KnownRegion? Known { get; init; }

    /// <summary>Called after each answer of the network, before the update; null for nobody.</summary>
    public SamplingObserver? Observer { get; init; }
}

/// <summary>Sees a run go on.</summary>
/// <param name="moment">Where it stands; not to be kept.</param>
public delegate void SamplingObserver(in SamplingMoment moment);

/// <summary>A run between an answer of the network and the update after it.</summary>
public readonly ref struct SamplingMoment
{
    readonly SamplingRun run;
    readonly NetworkOutput output;
    readonly StepGuidance guidance;

    internal SamplingMoment(SamplingRun run, int step, NetworkOutput output, in StepGuidance guidance)
    {
        (this.run, Step) = (run, step);
        this.output = output;
        this.guidance = guidance;
    }

    /// <summary>The call of the network, from 0.</summary>
    public int Step { get; }

    /// <summary>Calls of the whole run.</summary>
    public int Count => run.Plan.Steps.Count;

    /// <summary>The noise level that the network was asked about.</summary>
    public NoiseLevel Level => run.Plan.Steps[Step].Level;

    /// <summary>The data x0 as they are predicted now.</summary>
    /// <param name="destination">Shape of the latents.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void Preview(Span<float> destination) => run.Preview(Step, output, guidance, destination);
}
