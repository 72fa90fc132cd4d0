namespace Lacuna.Sampling;

/// <summary>Where a sampling loop takes its standard normal deviates from.</summary>
public interface INoiseSource
{
    /// <summary>Fills a span with standard normal deviates.</summary>
    /// <param name="step">The step of the loop that draws, 0 or more; the first latents are drawn at <see cref="FirstLatents"/>.</param>
    /// <param name="draw">Which draw of that step, 0 or more.</param>
    /// <param name="destination">Receives the deviates, any number of them.</param>
    /// <remarks>
    /// A source that is counter-based gives equal deviates for equal step and draw, in whatever order they are asked for. A source
    /// that repeats another program's generator is sequential: it takes no account of step and draw, only of the order of calls.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below -1 or <paramref name="draw"/> negative.</exception>
    void Fill(int step, int draw, Span<float> destination);

    /// <summary>The step at which the latents that a loop starts from are drawn: before all others.</summary>
    const int FirstLatents = -1;
}
