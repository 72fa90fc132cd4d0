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
