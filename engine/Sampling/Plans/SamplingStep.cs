namespace Lacuna.Sampling;

/// <summary>One call of the network and the update after it, as numbers that do not depend on the latents.</summary>
public sealed record SamplingStep
{
    /// <summary>What the network is told of the noise.</summary>
    public required double Timestep { get; init; }

    /// <summary>What the latents are multiplied with for the network.</summary>
    public required double InputScale { get; init; }

    /// <summary>The noise level of the latents that the network sees.</summary>
    public required NoiseLevel Level { get; init; }

    /// <summary>The noise level of the latents after the update.</summary>
    public NoiseLevel NextLevel { get; init; }

    /// <summary>The data x0 from latents and output: the preview, and what is clipped.</summary>
    public required Conversion Clean { get; init; }

    /// <summary>What the solver keeps of the output.</summary>
    public required Conversion Data { get; init; }

    /// <summary>What the solver keeps, from latents and data x0: used where the data are changed in between.</summary>
    public Conversion DataFromClean { get; init; } = new(0, 1);

    /// <summary>The latents after the update.</summary>
    public Combination Next { get; init; }

    /// <summary>How many tensors ago those were kept that <see cref="Next"/> names as past; 1 is the newest.</summary>
    public (int First, int Second, int Third) Ages { get; init; } = (1, 2, 3);

    /// <summary>Whether later steps read what this one keeps.</summary>
    public bool KeepsData { get; init; }

    /// <summary>Whether later steps read the latents as they are before this update; they count as kept before the data.</summary>
    public bool KeepsState { get; init; }

    /// <summary>Whether a sequential source of noise draws here, even where the noise weighs nothing.</summary>
    public bool DrawsNoise { get; init; }

    /// <summary>Whether the update can be carried out.</summary>
    internal bool IsFinite => Next.IsFinite && Data.IsFinite && Clean.IsFinite && double.IsFinite(InputScale + Timestep);

    /// <summary>Whether what is kept is the data x0 itself.</summary>
    internal bool KeepsClean => DataFromClean == new Conversion(0, 1);
}
