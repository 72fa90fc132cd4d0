using Lacuna.Kernels;

namespace Lacuna.Networks;

/// <summary>A picture inside a network: float32, shape [height, width, channels], rows without gaps; its memory is used again.</summary>
/// <param name="allocator">Gives the memory; null: the system.</param>
public sealed class FeatureMap(BufferAllocator? allocator = null) : IDisposable
{
    readonly AlignedBuffer<float> memory = new(0, allocator);

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Positions a row.</summary>
    public int Width { get; private set; }

    /// <summary>Values a position.</summary>
    public int Channels { get; private set; }

    /// <summary>Values a row.</summary>
    public int Stride => Width * Channels;

    /// <summary>All values, [height, width, channels].</summary>
    public Span<float> Values => memory.Span[..(Height * Stride)];

    /// <summary>Gives the map a shape; what it held is lost. Memory grows when it must and never shrinks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the values would not fit one span.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for them; the map is then empty.</exception>
    public void Reshape(int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(channels);
        long length = (long)height * width * channels;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, int.MaxValue, nameof(height));
        (Height, Width, Channels) = (0, 0, 0);
        memory.Reserve((int)length);
        (Height, Width, Channels) = (height, width, channels);
    }

    /// <summary>Row <paramref name="row"/>, [width, channels].</summary>
    public Span<float> Row(int row) => Values.Slice(row * Stride, Stride);

    /// <summary>Rows from <paramref name="first"/> on, [count, width, channels].</summary>
    public Span<float> Rows(int first, int count) => Values.Slice(first * Stride, count * Stride);

    /// <summary>Frees the memory; the map is then empty.</summary>
    public void Dispose()
    {
        (Height, Width, Channels) = (0, 0, 0);
        memory.Dispose();
    }
}
