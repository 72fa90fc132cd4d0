namespace Lacuna.Sampling;

/// <summary>
/// A network that a sampling loop asks, with memory of its own for what goes in and out, so that a step copies nothing.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public interface IDenoiser
{
    /// <summary>Sizes of the latents, outermost first: [pictures, channels, height, width].</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Whether it can answer without the condition too, which guidance asks for.</summary>
    bool CanGuide { get; }

    /// <summary>Of the sizes <see cref="Shape"/>: the caller writes the scaled latents here before a run.</summary>
    /// <remarks>It lives as long as the denoiser.</remarks>
    Span<float> Input { get; }

    /// <summary>Asks the network about what <see cref="Input"/> holds.</summary>
    /// <param name="timestep">What the network is told of the noise.</param>
    /// <param name="guided">Whether the answer without the condition is asked for too.</param>
    /// <returns>The answer; it is overwritten by the next run.</returns>
    /// <exception cref="ArgumentException"><paramref name="guided"/> where <see cref="CanGuide"/> is false.</exception>
    NetworkOutput Run(double timestep, bool guided);
}
