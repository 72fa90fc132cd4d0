namespace Lacuna.Sampling;

/// <summary>What stands before a plan's steps: the first latents, and latents as the network sees them.</summary>
/// <remarks>Class: exact: one product an element, or one and a fused sum.</remarks>
public static class Latents
{
    /// <summary>Makes the first latents of a run that begins with noise alone.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="noise">Standard normal.</param>
    /// <param name="state">As long as <paramref name="noise"/>; receives the latents. May be the noise.</param>
    /// <param name="scale">What the latents are multiplied with beside.</param>
    public static void Begin(SamplingPlan plan, ReadOnlySpan<float> noise, Span<float> state, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Scale(noise, (float)(plan.InitialDeviation * scale), state);
    }

    /// <summary>Makes the first latents of a run that begins with a picture.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="picture">Latents of a picture.</param>
    /// <param name="noise">Standard normal.</param>
    /// <param name="state">As long as both; receives the latents. May be either.</param>
    /// <param name="scale">What the latents are multiplied with beside.</param>
    public static void Begin(
        SamplingPlan plan, ReadOnlySpan<float> picture, ReadOnlySpan<float> noise, Span<float> state, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(plan);
        float alpha = (float)(plan.InitialLevel.Alpha * scale), sigma = (float)(plan.InitialLevel.Sigma * scale);
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = MathF.FusedMultiplyAdd(sigma, noise[i], alpha * picture[i]);
        }
    }

    /// <summary>Scales latents for the network.</summary>
    /// <param name="step">The step that asks it.</param>
    /// <param name="state">The latents.</param>
    /// <param name="input">As long as <paramref name="state"/>; receives what the network sees. May be the state.</param>
    public static void ToInput(SamplingStep step, ReadOnlySpan<float> state, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(step);
        Scale(state, (float)step.InputScale, input);
    }

    internal static void Scale(ReadOnlySpan<float> source, float scale, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i] * scale;
        }
    }
}
