using Lacuna.Kernels;

namespace Lacuna.Networks;

/// <summary>Memory that a network works in: one map shared by all workers and two bands a worker. Used again from call to call.</summary>
/// <param name="workers">Workers of the pool that will run the network.</param>
public sealed class Scratch(int workers) : IDisposable
{
    const int BandPositions = 96;

    readonly AlignedBuffer<float>?[] first = new AlignedBuffer<float>?[workers];
    readonly AlignedBuffer<float>?[] second = new AlignedBuffer<float>?[workers];

    /// <summary>A map that a block fills and reads again.</summary>
    public FeatureMap Mixed { get; } = new();

    /// <summary>Rows that a worker takes at a time: enough positions to keep the kernels busy, few enough for its cache.</summary>
    public static int BandRows(int width) => Math.Max(1, BandPositions / Math.Max(1, width));

    /// <summary>The worker's first band, with room for at least <paramref name="length"/> values.</summary>
    public Span<float> First(int worker, int length) => Grow(first, worker, length);

    /// <summary>The worker's second band.</summary>
    public Span<float> Second(int worker, int length) => Grow(second, worker, length);

    static Span<float> Grow(AlignedBuffer<float>?[] buffers, int worker, int length)
    {
        if (buffers[worker] is not { } buffer || buffer.Span.Length < length)
        {
            buffers[worker]?.Dispose();
            buffers[worker] = buffer = new AlignedBuffer<float>(length);
        }

        return buffer.Span[..length];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mixed.Dispose();
        foreach (AlignedBuffer<float>? buffer in first.Concat(second))
        {
            buffer?.Dispose();
        }
    }
}
