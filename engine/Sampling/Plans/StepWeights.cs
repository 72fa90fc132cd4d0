using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>A step's coefficients as the kernel takes them, rounded to float32 once.</summary>
readonly struct StepWeights
{
    StepWeights(DiffusionWeights whole, DiffusionWeights clean, DiffusionWeights fromClean, bool cleanIsPast) =>
        (Whole, Clean, FromClean, CleanIsPast) = (whole, clean, fromClean, cleanIsPast);

    /// <summary>The step in one pass: from state and output.</summary>
    public DiffusionWeights Whole { get; }

    /// <summary>The data x0 alone, clipped: the preview, and the first of two passes.</summary>
    public DiffusionWeights Clean { get; }

    /// <summary>The second of two passes: from state and changed data.</summary>
    public DiffusionWeights FromClean { get; }

    /// <summary>Whether the second pass takes the data as a past tensor beside the network's output, instead of in its place.</summary>
    public bool CleanIsPast { get; }

    /// <summary>Whether clipping makes a second pass necessary.</summary>
    public static bool NeedsClean(SamplingStep step, double clipRange) => double.IsFinite(clipRange) && !step.KeepsClean;

    /// <summary>The weights of all steps of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scaled">
    /// Whether the latents are held as the network sees them, multiplied by each step's input scale, and as they are after the last.
    /// </param>
    public static StepWeights[] Of(SamplingPlan plan, bool scaled)
    {
        var weights = new StepWeights[plan.Steps.Count];
        List<double> keptScales = [];
        for (int i = 0; i < weights.Length; i++)
        {
            SamplingStep step = plan.Steps[i];
            double scale = scaled ? step.InputScale : 1;
            double nextScale = scaled && i + 1 < weights.Length ? plan.Steps[i + 1].InputScale : 1;
            weights[i] = Of(step, plan.ClipRange, scale, nextScale, age => keptScales[^age]);
            keptScales.AddRange(step.KeepsState ? [scale] : []);
            keptScales.AddRange(step.KeepsData ? [1] : []);
        }

        return weights;
    }

    static StepWeights Of(SamplingStep step, double clipRange, double scale, double nextScale, Func<int, double> keptScale)
    {
        var clean = new DiffusionWeights
        {
            DataState = (float)(step.Clean.State / scale),
            DataOutput = (float)step.Clean.Output,
            DataLimit = (float)clipRange,
        };
        Combination next = step.Next;
        Combination sum = step.KeepsData || double.IsFinite(clipRange)
            ? next
            : next with { Data = 0 } + (next.Data * Combination.Of(step.Data));
        DiffusionWeights whole = Sum(Scaled(sum)) with
        {
            DataState = (float)(step.Data.State / scale),
            DataOutput = (float)step.Data.Output,
            DataLimit = (float)clipRange,
        };
        next = Scaled(next);
        bool isPast = next.Output != 0;
        DiffusionWeights fromClean = isPast
            ? Sum(next) with { Data = 0, Past1 = (float)next.Data }
            : Sum(next) with
            {
                DataState = (float)(step.DataFromClean.State / scale),
                DataOutput = (float)step.DataFromClean.Output,
            };
        return new StepWeights(whole, clean, fromClean, isPast);

        // The same sum of latents that are held multiplied by one scale, for latents that are held multiplied by another.
        Combination Scaled(Combination plain)
        {
            Combination scaled = nextScale * plain;
            return scaled with
            {
                State = scaled.State / scale,
                Past1 = scaled.Past1 == 0 ? 0 : scaled.Past1 / keptScale(step.Ages.First),
                Past2 = scaled.Past2 == 0 ? 0 : scaled.Past2 / keptScale(step.Ages.Second),
                Past3 = scaled.Past3 == 0 ? 0 : scaled.Past3 / keptScale(step.Ages.Third),
            };
        }
    }

    static DiffusionWeights Sum(Combination sum) => new()
    {
        State = (float)sum.State,
        Output = (float)sum.Output,
        Data = (float)sum.Data,
        Past1 = (float)sum.Past1,
        Past2 = (float)sum.Past2,
        Past3 = (float)sum.Past3,
        Noise = (float)sum.Noise,
    };
}
