using System.Runtime.InteropServices;
using Lacuna.Kernels;
using Lacuna.Sampling;

namespace Lacuna.Denoisers;

/// <summary>The engine's own network as a denoiser: exact, so that a sample has the same bits on every machine.</summary>
public sealed class NetworkDenoiser : IDenoiser, IDisposable
{
    readonly PatchNetwork network;
    readonly int pictures, height, width;
    readonly AlignedBuffer<float> input, output;

    /// <summary>Takes memory for latents of one size.</summary>
    /// <param name="network">It stays the caller's, and must outlive the denoiser.</param>
    /// <param name="pictures">1 or more.</param>
    /// <param name="height">Even, 2 or more.</param>
    /// <param name="width">Even, 2 or more.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the latents would not fit one span.</exception>
    public NetworkDenoiser(PatchNetwork network, int pictures, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures, 1);
        PatchNetwork.CheckSize(height, width);
        long count = (long)PatchNetwork.Colours * height * width * pictures;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue / sizeof(float), nameof(height));
        (this.network, this.pictures, this.height, this.width) = (network, pictures, height, width);
        input = new AlignedBuffer<float>((int)count);
        output = new AlignedBuffer<float>((int)count);
        Shape = [pictures, PatchNetwork.Colours, height, width];
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>False: the network knows no condition.</summary>
    public bool CanGuide => false;

    /// <inheritdoc/>
    public Span<float> Input => input.Span;

    /// <inheritdoc/>
    public NetworkOutput Run(double timestep, bool guided)
    {
        if (guided)
        {
            throw new ArgumentException("The network knows no condition, so that there is nothing to guide by.", nameof(guided));
        }

        int elements = input.Count / pictures;
        for (int first = 0; first < input.Count; first += elements)
        {
            network.Run(input.Span.Slice(first, elements), height, width, timestep, output.Span.Slice(first, elements));
        }

        return NetworkOutput.Of(output.Span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        input.Dispose();
        output.Dispose();
    }
}
