using Lacuna.Kernels;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>A region's bytes, kept until the stream is written.</summary>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class RegionResult(BufferAllocator? allocator) : IDisposable
{
    readonly AlignedBuffer<byte> memory = new(0, allocator);
    int length;

    /// <summary>The entropy-coded symbols.</summary>
    public ReadOnlySpan<byte> Payload => memory.Span[..length];

    /// <summary>The entropy model's estimate of their bits.</summary>
    public double EstimatedBits { get; private set; }

    /// <summary>Copies what a coder has made.</summary>
    public void Keep(ReadOnlySpan<byte> payload, double estimatedBits)
    {
        memory.Reserve(payload.Length);
        payload.CopyTo(memory.Span);
        (length, EstimatedBits) = (payload.Length, estimatedBits);
    }

    public void Dispose() => memory.Dispose();
}
