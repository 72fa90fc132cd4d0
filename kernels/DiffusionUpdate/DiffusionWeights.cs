namespace Lacuna.Kernels;

/// <summary>The coefficients of one <see cref="DiffusionUpdate"/>; what is left out is zero.</summary>
public readonly struct DiffusionWeights
{
    /// <summary>Makes weights of zero, no guidance and no limit.</summary>
    public DiffusionWeights()
    {
    }

    /// <summary>Scale of classifier-free guidance: 0 gives the unconditional output, 1 the conditional one.</summary>
    public float Guidance { get; init; } = 1;

    /// <summary>Weight of the state in the data.</summary>
    public float DataState { get; init; }

    /// <summary>Weight of the guided output in the data.</summary>
    public float DataOutput { get; init; }

    /// <summary>The data are clipped to this magnitude; infinity clips nothing.</summary>
    public float DataLimit { get; init; } = float.PositiveInfinity;

    /// <summary>Weight of the state in the next state.</summary>
    public float State { get; init; }

    /// <summary>Weight of the guided output in the next state.</summary>
    public float Output { get; init; }

    /// <summary>Weight of the data in the next state.</summary>
    public float Data { get; init; }

    /// <summary>Weight of the first past tensor in the next state.</summary>
    public float Past1 { get; init; }

    /// <summary>Weight of the second past tensor in the next state.</summary>
    public float Past2 { get; init; }

    /// <summary>Weight of the third past tensor in the next state.</summary>
    public float Past3 { get; init; }

    /// <summary>Weight of the noise in the next state.</summary>
    public float Noise { get; init; }
}

/// <summary>
/// The tensors that one <see cref="DiffusionUpdate"/> reads, each of the same number of elements; an empty one takes no part.
/// </summary>
public readonly ref struct DiffusionTensors
{
    /// <summary>How <see cref="Output"/> and <see cref="Unconditional"/> are written.</summary>
    public NetworkFormat Format { get; init; }

    /// <summary>The latents.</summary>
    public required ReadOnlySpan<float> State { get; init; }

    /// <summary>The network's output, in <see cref="Format"/>; the conditional one where there is guidance.</summary>
    public required ReadOnlySpan<byte> Output { get; init; }

    /// <summary>The network's output without the condition, in <see cref="Format"/>.</summary>
    public ReadOnlySpan<byte> Unconditional { get; init; }

    /// <summary>Data of an earlier step.</summary>
    public ReadOnlySpan<float> Past1 { get; init; }

    /// <summary>Data of an earlier step.</summary>
    public ReadOnlySpan<float> Past2 { get; init; }

    /// <summary>Data of an earlier step.</summary>
    public ReadOnlySpan<float> Past3 { get; init; }

    /// <summary>Normal noise.</summary>
    public ReadOnlySpan<float> Noise { get; init; }
}
