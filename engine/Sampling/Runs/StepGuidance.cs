using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>Guidance of one step: its scale, and what each picture's guided output is multiplied by.</summary>
/// <param name="scale">0 gives the unconditional output, 1 the conditional one.</param>
/// <param name="factors">Shape [pictures]; empty multiplies none.</param>
readonly ref struct StepGuidance(float scale, ReadOnlySpan<float> factors)
{
    readonly ReadOnlySpan<float> factors = factors;

    /// <summary>No guidance.</summary>
    public static StepGuidance None => new(1, default);

    /// <summary>Whether all pictures have the same weights.</summary>
    public bool IsUniform => factors.IsEmpty;

    /// <summary>The weights of one picture.</summary>
    public DiffusionWeights Apply(DiffusionWeights weights, int picture)
    {
        float factor = factors.IsEmpty ? 1 : factors[picture];
        return weights with { Guidance = scale, Output = weights.Output * factor, DataOutput = weights.DataOutput * factor };
    }
}
