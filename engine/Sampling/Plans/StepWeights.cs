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

    public static StepWeights Of(SamplingStep step, double clipRange)
    {
        bool clips = double.IsFinite(clipRange);
        var clean = new DiffusionWeights
        {
            DataState = (float)step.Clean.State,
            DataOutput = (float)step.Clean.Output,
            DataLimit = (float)clipRange,
        };
        Combination next = step.Next;
        bool folds = !step.KeepsData && !clips;
        Combination sum = folds ? next with { Data = 0 } + (next.Data * Combination.Of(step.Data)) : next;
        DiffusionWeights whole = Sum(sum) with
        {
            Data = (float)sum.Data,
            DataState = (float)step.Data.State,
            DataOutput = (float)step.Data.Output,
            DataLimit = (float)clipRange,
        };
        bool isPast = next.Output != 0;
        DiffusionWeights fromClean = isPast
            ? Sum(next) with { Past1 = (float)next.Data }
            : Sum(next) with
            {
                Data = (float)next.Data,
                DataState = (float)step.DataFromClean.State,
                DataOutput = (float)step.DataFromClean.Output,
            };
        return new StepWeights(whole, clean, fromClean, isPast);
    }

    static DiffusionWeights Sum(Combination sum) => new()
    {
        State = (float)sum.State,
        Output = (float)sum.Output,
        Past1 = (float)sum.Past1,
        Past2 = (float)sum.Past2,
        Past3 = (float)sum.Past3,
        Noise = (float)sum.Noise,
    };
}
