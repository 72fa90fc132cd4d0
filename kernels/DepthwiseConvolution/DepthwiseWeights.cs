namespace Lacuna.Kernels;

/// <summary>The nine taps and the bias of every channel of a <see cref="DepthwiseConvolution"/>.</summary>
/// <remarks>It never changes after it is made: threads may share it.</remarks>
public sealed class DepthwiseWeights
{
    /// <summary>Taps of a 3x3 window, row by row.</summary>
    internal const int Taps = 9;

    readonly AlignedArray taps;

    /// <summary>Copies the weights.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="weights">Shape [3, 3, channels]: window row, window column, channel; copied.</param>
    /// <param name="bias">Shape [channels]; copied. Empty stands for zeros.</param>
    /// <exception cref="ArgumentException">A span's length is not what <paramref name="channels"/> says.</exception>
    public DepthwiseWeights(int channels, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, checked(Taps * channels), nameof(weights));
        if (!bias.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, channels, nameof(bias));
        }

        Channels = channels;
        taps = new AlignedArray((Taps + 1) * channels);
        weights.CopyTo(taps.Span);
        bias.CopyTo(taps.Span[(Taps * channels)..]);
    }

    /// <summary>Channels of source and destination.</summary>
    public int Channels { get; }

    /// <summary>Shape [10, channels]: nine taps, then the bias.</summary>
    internal ReadOnlySpan<float> TapsAndBias => taps.Span;
}
