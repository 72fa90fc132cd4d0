using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>
/// DPM-Solver whose steps are as long as an estimate of their error allows: a loop of its own, since its steps follow from the
/// latents.
/// </summary>
/// <remarks>Source: Lu et al., arXiv:2206.00927, algorithm 3; K. Crowson, k-diffusion, sample_dpm_adaptive.</remarks>
public sealed class AdaptiveRun : IDisposable
{
    /// <summary>What is left of lambda when a run is at its end.</summary>
    const double Rest = 1e-5;

    readonly IDenoiser denoiser;
    readonly NetworkContract network;
    readonly AdaptiveOptions options;
    readonly AlignedBuffer<float> state, low, before;
    readonly List<double> inverseErrors = [];
    double length;

    /// <summary>Takes memory for runs over one network.</summary>
    /// <param name="denoiser">The network, told sigma itself. It stays the caller's, and must outlive the run.</param>
    /// <param name="network">How it is asked and answered.</param>
    /// <param name="options">How steps are chosen; null for the usual.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public AdaptiveRun(IDenoiser denoiser, NetworkContract network, AdaptiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(denoiser);
        (this.denoiser, this.network, this.options) = (denoiser, network, options ?? new AdaptiveOptions());
        if (this.options is not { Order: 2 or 3, RelativeTolerance: >= 0, AbsoluteTolerance: > 0, FirstLength: > 0, Safety: > 0 })
        {
            throw new ArgumentException($"An option is out of range: {this.options}.", nameof(options));
        }

        int count = denoiser.Input.Length;
        (state, low, before) = (new AlignedBuffer<float>(count), new AlignedBuffer<float>(count), new AlignedBuffer<float>(count));
    }

    /// <summary>Goes from one sigma to another.</summary>
    /// <param name="latents">
    /// Shape of the network's input: latents of the first sigma, replaced by those of the last; zero unless done.
    /// </param>
    /// <param name="greatest">The first sigma.</param>
    /// <param name="least">The last, above 0.</param>
    /// <param name="mostCalls">The network is called about as often at most; then the run ends as cancelled.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">The latents have another length, or the sigmas do not fall.</exception>
    public SamplingResult Run(
        Span<float> latents,
        double greatest,
        double least,
        int mostCalls = 1000,
        CancellationToken cancellation = default)
    {
        if (latents.Length != state.Count || !(least > 0 && greatest > least && double.IsFinite(greatest)))
        {
            throw new ArgumentException(
                $"{latents.Length} latents from sigma {greatest} to {least} do not fit the network's {state.Count}.");
        }

        latents.CopyTo(before.Span);
        (length, int calls) = (options.FirstLength, 0);
        inverseErrors.Clear();
        for (double here = -PlanMath.Log(greatest), end = -PlanMath.Log(least); here < end - Rest;)
        {
            bool stops = cancellation.IsCancellationRequested || calls >= mostCalls;
            double next = Math.Min(end, here + length);
            SamplingStatus status = stops ? SamplingStatus.Cancelled : Try(latents, PlanMath.Exp(-here), PlanMath.Exp(-next), ref calls);
            if (status != SamplingStatus.Done)
            {
                latents.Clear();
                return new SamplingResult(status, calls, PlanMath.Exp(-here));
            }

            if (Accepts(Error()))
            {
                low.Span.CopyTo(before.Span);
                state.Span.CopyTo(latents);
                here = next;
            }
        }

        return new SamplingResult(SamplingStatus.Done, calls, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        state.Dispose();
        low.Dispose();
        before.Dispose();
    }

    /// <summary>One block from a sigma to another, in both orders: the higher in the state.</summary>
    SamplingStatus Try(ReadOnlySpan<float> latents, double from, double to, ref int calls)
    {
        NoiseLevel[] levels = [NoiseLevel.Exploding(from), NoiseLevel.Exploding(to)];
        var grid = new SamplingGrid
        {
            Timesteps = [from],
            Levels = levels,
            Network = network,
            TimestepOf = level => level.Sigma,
            InitialDeviation = from,
        };
        List<SamplingStep> block = [];
        DpmFastSolver.Block(grid, levels[0], levels[1], options.Order, block);
        SamplingStep[] steps = block.ToArray();
        int last = options.Order - 2;
        SamplingStep[] lower = [.. steps[..last], steps[last] with { Next = DpmFastSolver.LowerEnd(levels[0], levels[1], options.Order) }];
        using var high = new LatentUpdate(new SamplingPlan(grid, steps), 1, state.Count);
        using var compared = new LatentUpdate(new SamplingPlan(grid, lower), 1, state.Count);
        latents.CopyTo(state.Span);
        for (int call = 0; call < steps.Length; call++)
        {
            for (int i = 0; i < state.Count; i++)
            {
                denoiser.Input[i] = (float)(state.Span[i] * steps[call].InputScale);
            }

            NetworkOutput output = denoiser.Run(steps[call].Timestep, guided: false);
            calls++;
            if (call <= last)
            {
                state.Span.CopyTo(low.Span);
                compared.Advance(call, low.Span, output, 1, default);
            }

            if (!high.Advance(call, state.Span, output, 1, default))
            {
                return SamplingStatus.NotFinite;
            }
        }

        return SamplingStatus.Done;
    }

    /// <summary>The root mean square of the orders' difference over what is allowed.</summary>
    double Error()
    {
        double sum = 0;
        for (int i = 0; i < state.Count; i++)
        {
            double magnitude = Math.Max(Math.Abs(low.Span[i]), Math.Abs(before.Span[i]));
            double allowed = Math.Max(options.AbsoluteTolerance, options.RelativeTolerance * magnitude);
            double share = (low.Span[i] - (double)state.Span[i]) / allowed;
            sum += share * share;
        }

        return Math.Sqrt(sum / state.Count);
    }

    /// <summary>Sets the next length by the errors, and says whether this step is taken.</summary>
    bool Accepts(double error)
    {
        const double leastError = 1e-8;
        double inverse = 1 / (error + leastError);
        if (inverseErrors.Count == 0)
        {
            inverseErrors.AddRange([inverse, inverse, inverse]);
        }

        inverseErrors[0] = inverse;
        double factor = PlanMath.Pow(inverse, (options.Proportional + options.Integral + options.Derivative) / options.Order)
            * PlanMath.Pow(inverseErrors[1], -(options.Proportional + (2 * options.Derivative)) / options.Order)
            * PlanMath.Pow(inverseErrors[2], options.Derivative / options.Order);

        // 1 + atan(factor - 1): longer or shorter, but by no more than a factor of 2.6.
        double turn = factor - 1;
        factor = 1 + (Math.Sign(turn) * PlanMath.Atan2(Math.Abs(turn), 1));
        bool accepts = factor >= options.Safety;
        if (accepts)
        {
            inverseErrors[2] = inverseErrors[1];
            inverseErrors[1] = inverse;
        }

        length *= factor;
        return accepts;
    }
}
