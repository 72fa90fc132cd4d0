namespace Lacuna.Sampling;

/// <summary>The mean of the channels is known: colouring of a grey picture.</summary>
public sealed class GreyConsistency : IDataConsistency
{
    readonly ReadOnlyMemory<float> grey;
    readonly int channels, plane;

    /// <param name="grey">Shape [pictures, plane]. It stays the caller's.</param>
    /// <param name="channels">Channels of the latents, 1 or more.</param>
    /// <param name="plane">Elements of a channel, 1 or more.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public GreyConsistency(ReadOnlyMemory<float> grey, int channels, int plane)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(plane, 1);
        if (grey.Length % plane != 0)
        {
            throw new ArgumentException($"{grey.Length} elements are not whole planes of {plane}.", nameof(grey));
        }

        (this.grey, this.channels, this.plane) = (grey, channels, plane);
    }

    /// <inheritdoc/>
    public int Count => grey.Length * channels;

    /// <inheritdoc/>
    public void Project(Span<float> data, NoiseLevel level)
    {
        ReadOnlySpan<float> wanted = grey.Span;
        for (int i = 0; i < wanted.Length; i++)
        {
            Span<float> picture = data.Slice(i / plane * plane * channels, plane * channels);
            float sum = 0;
            for (int channel = 0; channel < channels; channel++)
            {
                sum += picture[(channel * plane) + (i % plane)];
            }

            float change = wanted[i] - (sum / channels);
            for (int channel = 0; channel < channels; channel++)
            {
                picture[(channel * plane) + (i % plane)] += change;
            }
        }
    }
}
