namespace Lacuna.Sampling;

/// <summary>
/// A part of the picture that is known: after every step the latents there are those of the known data at the new noise level.
/// </summary>
/// <remarks>
/// <c>x = mask * (alpha known + sigma z) + (1 - mask) x</c> with the noise that the run began with.
/// <para>Source: Lugmayr et al., arXiv:2201.09865, without the resampling.</para>
/// </remarks>
/// <param name="data">Shape of the latents: the known data. It stays the caller's.</param>
/// <param name="mask">Shape of the latents: 1 known, 0 not, or between. It stays the caller's.</param>
public sealed class KnownRegion(ReadOnlyMemory<float> data, ReadOnlyMemory<float> mask)
{
    /// <summary>Throws where a tensor has another number of elements than the latents.</summary>
    internal void Check(int count)
    {
        if (data.Length != count || mask.Length != count)
        {
            throw new ArgumentException(
                $"{nameof(KnownRegion)}: the data have {data.Length} elements and the mask {mask.Length}, not {count}.");
        }
    }

    /// <summary>Replaces what is known.</summary>
    /// <param name="latents">Changed in place.</param>
    /// <param name="noise">Standard normal; empty where the level has none.</param>
    /// <param name="level">The latents' level.</param>
    /// <param name="scale">What the latents are multiplied with where they are held.</param>
    internal void Replace(Span<float> latents, ReadOnlySpan<float> noise, NoiseLevel level, double scale)
    {
        float alpha = (float)(level.Alpha * scale), sigma = (float)(level.Sigma * scale);
        ReadOnlySpan<float> known = data.Span, share = mask.Span;
        for (int i = 0; i < latents.Length; i++)
        {
            float wanted = sigma == 0 ? alpha * known[i] : MathF.FusedMultiplyAdd(sigma, noise[i], alpha * known[i]);
            latents[i] = MathF.FusedMultiplyAdd(share[i], wanted - latents[i], latents[i]);
        }
    }
}
