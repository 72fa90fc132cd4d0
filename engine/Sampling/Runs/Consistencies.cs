namespace Lacuna.Sampling;

/// <summary>Null-space projection: what a linear degradation tells of the data replaces what the network predicts of it.</summary>
/// <remarks>
/// <c>x0 - A+ (A x0 - y)</c>: the part that the measurement y sees is the measurement's, the rest the network's.
/// <para>Source: Wang, Yu and Zhang, arXiv:2212.00490 (DDNM).</para>
/// </remarks>
public sealed class MaskConsistency : IDataConsistency
{
    readonly ReadOnlyMemory<float> known, mask;

    /// <summary>Some elements are known.</summary>
    /// <param name="known">Shape of the latents. It stays the caller's.</param>
    /// <param name="mask">Shape of the latents: 1 known, 0 not, or between. It stays the caller's.</param>
    /// <exception cref="ArgumentException">Their numbers of elements differ.</exception>
    public MaskConsistency(ReadOnlyMemory<float> known, ReadOnlyMemory<float> mask)
    {
        if (known.Length != mask.Length)
        {
            throw new ArgumentException($"The mask has {mask.Length} elements, the known data {known.Length}.", nameof(mask));
        }

        (this.known, this.mask) = (known, mask);
    }

    /// <inheritdoc/>
    public int Count => known.Length;

    /// <inheritdoc/>
    public void Project(Span<float> data, NoiseLevel level)
    {
        ReadOnlySpan<float> wanted = known.Span, share = mask.Span;
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = MathF.FusedMultiplyAdd(share[i], wanted[i] - data[i], data[i]);
        }
    }
}

/// <summary>The means of boxes are known: super-resolution of a picture that was scaled down by them.</summary>
public sealed class BoxConsistency : IDataConsistency
{
    readonly ReadOnlyMemory<float> means;
    readonly int width, factor;

    /// <param name="means">Shape [planes, height / factor, width / factor]. It stays the caller's.</param>
    /// <param name="width">Elements of a row of the latents, a multiple of the factor.</param>
    /// <param name="factor">Side of a box, 1 or more.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public BoxConsistency(ReadOnlyMemory<float> means, int width, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, factor);
        if (width % factor != 0 || means.Length % (width / factor) != 0)
        {
            throw new ArgumentException($"Rows of {width} do not divide into boxes of {factor} with {means.Length} means.", nameof(factor));
        }

        (this.means, this.width, this.factor) = (means, width, factor);
    }

    /// <inheritdoc/>
    public int Count => means.Length * factor * factor;

    /// <inheritdoc/>
    public void Project(Span<float> data, NoiseLevel level)
    {
        int across = width / factor;
        ReadOnlySpan<float> wanted = means.Span;
        for (int box = 0; box < wanted.Length; box++)
        {
            int first = (box / across * factor * width) + (box % across * factor);
            float sum = 0;
            for (int y = 0; y < factor; y++)
            {
                foreach (float value in data.Slice(first + (y * width), factor))
                {
                    sum += value;
                }
            }

            float change = wanted[box] - (sum / (factor * factor));
            for (int y = 0; y < factor; y++)
            {
                foreach (ref float value in data.Slice(first + (y * width), factor))
                {
                    value += change;
                }
            }
        }
    }
}

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
