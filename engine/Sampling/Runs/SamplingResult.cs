namespace Lacuna.Sampling;

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
