using Lacuna.Kernels;

namespace Lacuna.Sampling;

/// <summary>Lacuna's own noise: the same bits on every machine, whatever the threads, tiles and order of calls.</summary>
/// <remarks>The law is that of <see cref="PhiloxNormal"/>, keyed by the seed, <c>step + 1</c> and the draw.</remarks>
/// <param name="seed">Any number.</param>
public sealed class PhiloxNoise(ulong seed) : INoiseSource
{
    /// <summary>The seed.</summary>
    public ulong Seed { get; } = seed;

    /// <inheritdoc/>
    public void Fill(int step, int draw, Span<float> destination) => Fill(step, draw, 0, destination);

    /// <summary>Fills a span with a part of what <see cref="Fill(int, int, Span{float})"/> would give in one piece.</summary>
    /// <param name="step">As there.</param>
    /// <param name="draw">As there.</param>
    /// <param name="first">The element that comes first, 0 or more.</param>
    /// <param name="destination">Receives the deviates.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="step"/> is below -1, or <paramref name="draw"/> or <paramref name="first"/> negative.
    /// </exception>
    public void Fill(int step, int draw, long first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, INoiseSource.FirstLatents);
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        PhiloxNormal.Run(new NoiseStream(Seed, (uint)(step + 1), (uint)draw), (ulong)first, destination);
    }
}
