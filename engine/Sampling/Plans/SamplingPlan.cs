namespace Lacuna.Sampling;

/// <summary>A run without its latents: every call of the network and every update, as numbers.</summary>
public sealed class SamplingPlan
{
    internal SamplingPlan(SamplingGrid grid, IReadOnlyList<SamplingStep> steps)
    {
        SamplingStep[] all = Sequence.Of(steps.Count, i => Checked(steps[i], i));
        ForgetUnread(all);
        Steps = all;
        InitialLevel = grid.Levels[0];
        InitialDeviation = grid.Skipped == 0 ? grid.InitialDeviation : InitialLevel.Sigma;
    }

    /// <summary>The calls of the network in their order.</summary>
    public IReadOnlyList<SamplingStep> Steps { get; }

    /// <summary>The noise level of the first latents.</summary>
    public NoiseLevel InitialLevel { get; }

    /// <summary>What normal noise is multiplied with to make the first latents of a run that begins with noise alone.</summary>
    public double InitialDeviation { get; }

    /// <summary>The data x0 are clipped to this magnitude at every step; infinity clips nothing.</summary>
    public double ClipRange { get; init; } = double.PositiveInfinity;

    /// <summary>Dynamic thresholding; null for none.</summary>
    public DynamicThreshold? Threshold { get; init; }

    /// <summary>Tensors that a run keeps at most: their number follows from the ages that steps read.</summary>
    internal int KeptTensors => 1 + ((SamplingStep[])Steps).Max(step => Oldest(step) + (step.KeepsState ? 1 : 0));

    /// <summary>Whether a step draws noise.</summary>
    internal bool DrawsNoise => Array.Exists((SamplingStep[])Steps, step => step.DrawsNoise);

    /// <summary>Refuses what divides by 0, such as noise predicted where there are no data left to find by it.</summary>
    static SamplingStep Checked(SamplingStep step, int index) => step.IsFinite
        ? step
        : throw new ArgumentException(
            $"Step {index} (timestep {step.Timestep}, alpha {step.Level.Alpha}, sigma {step.Level.Sigma}) has no finite weights: " +
            "the schedule, its spacing and what the network predicts contradict each other there.");

    /// <summary>What no later step reads is not kept, and the step is folded into fewer terms.</summary>
    static void ForgetUnread(SamplingStep[] steps)
    {
        int last = steps.Length;
        do
        {
            last--;
            steps[last] = steps[last] with { KeepsData = false, KeepsState = false };
        }
        while (last > 0 && Oldest(steps[last]) == 0);
    }

    static int Oldest(SamplingStep step) => Math.Max(
        step.Next.Past1 != 0 ? step.Ages.First : 0,
        Math.Max(step.Next.Past2 != 0 ? step.Ages.Second : 0, step.Next.Past3 != 0 ? step.Ages.Third : 0));
}

/// <summary>Clips each picture's data to a quantile of its magnitudes and divides by it (Saharia et al., arXiv:2205.11487).</summary>
/// <param name="Ratio">The quantile, from 0 to 1.</param>
/// <param name="Most">The quantile counts as this at most, and as 1 at least.</param>
public sealed record DynamicThreshold(double Ratio = 0.995, double Most = 1);
