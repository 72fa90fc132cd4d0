namespace Lacuna.Sampling;

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
