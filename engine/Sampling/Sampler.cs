namespace Lacuna.Sampling;

/// <summary>A diffusion sampler: the noise levels of a network, and the rule that goes through them.</summary>
/// <remarks>
/// A sampler never changes after it is made: threads may share it. It makes a <see cref="SamplingPlan"/> for a number of steps; the
/// plan holds all
/// that does not depend on the latents.
/// </remarks>
public sealed partial class Sampler
{
    readonly Func<SamplingOptions, SamplingGrid> grid;
    readonly Func<SamplingOptions, Solver> solver;

    Sampler(Func<SamplingOptions, SamplingGrid> grid, Func<SamplingOptions, Solver> solver) => (this.grid, this.solver) = (grid, solver);

    /// <summary>The data x0 are clipped to this magnitude at every step; infinity clips nothing.</summary>
    public double ClipRange { get; init; } = double.PositiveInfinity;

    /// <summary>Dynamic thresholding; null for none.</summary>
    public DynamicThreshold? Threshold { get; init; }

    /// <summary>Whether <see cref="SamplingOptions.Strength"/> thins the grid itself instead of cutting its start off.</summary>
    bool ThinsByStrength { get; init; }

    /// <summary>A sampler of a network whose data keep their scale, by sigmas that every run gives.</summary>
    /// <param name="solver">The rule.</param>
    /// <param name="network">How the network is asked and answered; it is told sigma itself.</param>
    public static Sampler OverSigmas(Solver solver, NetworkContract network) => new(
        options => new SamplingGrid
        {
            Timesteps = Given(options).ToArray().Part(..^1),
            Levels = Given(options).Select(NoiseLevel.Exploding),
            Network = network,
            TimestepOf = level => level.Sigma,
            InitialDeviation = options.Sigmas![0],
        },
        _ => solver);

    /// <summary>Plans a run.</summary>
    /// <param name="options">The run's choices.</param>
    /// <exception cref="ArgumentException">The options contradict each other or the scheduler; the message names the field.</exception>
    public SamplingPlan Plan(SamplingOptions options)
    {
        options.Check();
        SamplingGrid whole = grid(options);
        int skipped = ThinsByStrength && options.FirstStep < 0 ? 0 : options.Skipped(whole.Steps);
        SamplingGrid used = whole.Without(skipped);
        List<SamplingStep> steps = [];
        solver(options).Plan(used, steps);
        return new SamplingPlan(used, steps) { ClipRange = ClipRange, Threshold = Threshold };
    }

    /// <summary>Plans a run and carries it out once. For many runs of one plan keep a <see cref="SamplingRun"/>.</summary>
    /// <param name="denoiser">The network, whose condition is bound to it.</param>
    /// <param name="latents">Shape of the network's input: what <see cref="RunOptions.Start"/> says, replaced by the sample.</param>
    /// <param name="source">Where noise is drawn.</param>
    /// <param name="options">Steps and the like.</param>
    /// <param name="run">Guidance, what is known, and who is told; null for plain noise to picture.</param>
    /// <param name="cancellation">Looked at before each call of the network.</param>
    /// <returns>How the run ended; the latents are zero unless it is done.</returns>
    /// <exception cref="ArgumentException">The options contradict each other or do not fit the network; the message names the
    /// field.</exception>
    public SamplingResult Run(
        IDenoiser denoiser,
        Span<float> latents,
        INoiseSource source,
        SamplingOptions options,
        RunOptions? run = null,
        CancellationToken cancellation = default)
    {
        using var loop = new SamplingRun(Plan(options), denoiser, run);
        return loop.Run(latents, source, cancellation);
    }

    static IReadOnlyList<double> Given(SamplingOptions options) => options.Sigmas is { Count: > 1 } sigmas
        ? sigmas
        : throw new ArgumentException("Sigmas: this sampler needs at least 2, the last of which is where the run ends.");
}
