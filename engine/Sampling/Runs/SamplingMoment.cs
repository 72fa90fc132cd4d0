namespace Lacuna.Sampling;

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
