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
