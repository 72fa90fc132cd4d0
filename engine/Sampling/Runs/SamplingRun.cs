using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>A plan, a network and the memory between them: the loop.</summary>
/// <remarks>
/// The latents are held in the network's own input, as the network sees them: a step of the loop asks the network and makes one pass
/// over the
/// tensors. All memory is taken when the run is made; it can be carried out again and again, one thread at a time.
/// </remarks>
public sealed class SamplingRun : IDisposable
{
    readonly IDenoiser denoiser;
    readonly RunOptions options;
    readonly LatentUpdate executor;
    readonly AlignedBuffer<float> noise, firstNoise;
    readonly float[] factors;
    readonly int pictures, elements;

    /// <summary>Takes memory for runs of one plan.</summary>
    /// <param name="plan">The steps.</param>
    /// <param name="denoiser">The network. It stays the caller's, and must outlive the run.</param>
    /// <param name="options">What the run draws from, agrees with and reports to; null for plain noise to picture.</param>
    /// <exception cref="ArgumentException">The options do not fit the network or each other; the message names the field.</exception>
    public SamplingRun(SamplingPlan plan, IDenoiser denoiser, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(denoiser);
        (Plan, this.denoiser, this.options) = (plan, denoiser, options ?? new RunOptions());
        Count = denoiser.Input.Length;
        pictures = (int)denoiser.Shape[0];
        elements = Count / pictures;
        this.options.Guidance?.Check();
        this.options.Known?.Check(Count);
        if (this.options.Consistency is { } consistency && consistency.Count != Count)
        {
            throw new ArgumentException($"{nameof(RunOptions.Consistency)} is for latents of {consistency.Count} elements, not {Count}.");
        }

        if (this.options.Guidance is { Scale: not 1 } && !denoiser.CanGuide)
        {
            throw new ArgumentException("Guidance.Scale is not 1, but the network has no answer without the condition.");
        }

        executor = new LatentUpdate(plan, pictures, elements, scaled: true) { Consistency = this.options.Consistency };
        noise = new AlignedBuffer<float>(plan.DrawsNoise ? Count : 0);
        firstNoise = new AlignedBuffer<float>(this.options.Known is not null ? Count : 0);
        factors = this.options.Guidance is { Rescale: > 0 } ? new float[pictures] : [];
    }

    /// <summary>The steps.</summary>
    public SamplingPlan Plan { get; }

    /// <summary>Elements of the latents.</summary>
    public int Count { get; }

    /// <summary>Carries the plan out.</summary>
    /// <param name="latents">
    /// Shape of the network's input: what <see cref="RunOptions.Start"/> says, replaced by the sample; zero unless the run is done.
    /// </param>
    /// <param name="source">Where noise is drawn.</param>
    /// <param name="cancellation">Looked at before each call of the network.</param>
    /// <returns>How the run ended; it says which call of the network and which timestep where it was not done.</returns>
    /// <exception cref="ArgumentException"><paramref name="latents"/> has another number of elements than the network's
    /// input.</exception>
    public SamplingResult Run(Span<float> latents, INoiseSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (latents.Length != Count)
        {
            throw new ArgumentException($"The latents have {latents.Length} elements, the network's input {Count}.", nameof(latents));
        }

        Begin(latents, source);
        for (int i = 0; i < Plan.Steps.Count; i++)
        {
            SamplingStatus status = cancellation.IsCancellationRequested ? SamplingStatus.Cancelled : Advance(i, source);
            if (status != SamplingStatus.Done)
            {
                latents.Clear();
                return new SamplingResult(status, i, Plan.Steps[i].Timestep);
            }
        }

        denoiser.Input.CopyTo(latents);
        return new SamplingResult(SamplingStatus.Done, Plan.Steps.Count, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        executor.Dispose();
        noise.Dispose();
        firstNoise.Dispose();
    }

    internal void Preview(int step, NetworkOutput output, in StepGuidance guidance, Span<float> destination)
    {
        if (destination.Length != Count)
        {
            throw new ArgumentException($"The preview has {destination.Length} elements, the latents {Count}.", nameof(destination));
        }

        executor.Preview(step, denoiser.Input, output, guidance, destination);
    }

    void Begin(Span<float> latents, INoiseSource source)
    {
        executor.Restart();
        Span<float> state = denoiser.Input;
        double scale = Plan.Steps[0].InputScale;
        bool draws = options.Start != LatentStart.Latents || options.Known is not null;
        Span<float> drawn = firstNoise.Count > 0 ? firstNoise.Span : state;
        if (draws)
        {
            source.Fill(INoiseSource.FirstLatents, 0, drawn);
        }

        switch (options.Start)
        {
            case LatentStart.Noise:
                Latents.Begin(Plan, drawn, state, scale);
                break;
            case LatentStart.Latents:
                Latents.Scale(latents, (float)scale, state);
                break;
            default:
                Latents.Begin(Plan, latents, drawn, state, scale);
                break;
        }

        options.Known?.Replace(state, firstNoise.Span, Plan.InitialLevel, scale);
    }

    SamplingStatus Advance(int index, INoiseSource source)
    {
        SamplingStep step = Plan.Steps[index];
        bool guided = options.Guidance?.Applies(step.Level) ?? false;
        NetworkOutput output = denoiser.Run(step.Timestep, guided);
        StepGuidance guidance = guided ? Guided(output) : StepGuidance.None;
        options.Observer?.Invoke(new SamplingMoment(this, index, output, guidance));

        // Noise of no weight is drawn all the same where it moves a sequential generator on.
        if (step.DrawsNoise && (step.Next.Noise != 0 || source is not PhiloxNoise))
        {
            source.Fill(index, 0, noise.Span);
        }

        bool finite = executor.Advance(index, denoiser.Input, output, guidance, noise.Span);
        double scale = index + 1 < Plan.Steps.Count ? Plan.Steps[index + 1].InputScale : 1;
        options.Known?.Replace(denoiser.Input, firstNoise.Span, step.NextLevel, scale);
        return finite ? SamplingStatus.Done : SamplingStatus.NotFinite;
    }

    StepGuidance Guided(NetworkOutput output)
    {
        Guidance guidance = options.Guidance!;
        for (int picture = 0; picture < factors.Length; picture++)
        {
            NetworkOutput own = output.Slice(picture * elements, elements);
            factors[picture] = GuidanceRescale.Factor(own, guidance.Scale, guidance.Rescale);
        }

        return new StepGuidance((float)guidance.Scale, factors);
    }
}
