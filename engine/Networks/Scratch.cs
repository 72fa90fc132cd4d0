using Lacuna.Kernels;

namespace Lacuna.Networks;

/// <summary>Memory that a network works in: one map shared by all workers and two bands a worker. Used again from call to call.</summary>
/// <param name="workers">Workers of the pool that will run the network.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
public sealed class Scratch(int workers, BufferAllocator? allocator = null) : IDisposable
{
    const int BandPositions = 96;

    readonly AlignedBuffer<float>[] first = Empty(workers, allocator);
    readonly AlignedBuffer<float>[] second = Empty(workers, allocator);

    /// <summary>A map that a block fills and reads again.</summary>
    public FeatureMap Mixed { get; } = new(allocator);

    /// <summary>Rows that a worker takes at a time: enough positions to keep the kernels busy, few enough for its cache.</summary>
    public static int BandRows(int width) => Math.Max(1, BandPositions / Math.Max(1, width));

    /// <summary>The worker's first band, with room for at least <paramref name="length"/> values.</summary>
    public Span<float> First(int worker, int length) => Grown(first[worker], length);

    /// <summary>The worker's second band.</summary>
    public Span<float> Second(int worker, int length) => Grown(second[worker], length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Mixed.Dispose();
        for (int worker = 0; worker < workers; worker++)
        {
            first[worker].Dispose();
            second[worker].Dispose();
        }
    }

    static AlignedBuffer<float>[] Empty(int count, BufferAllocator? allocator)
    {
        var buffers = new AlignedBuffer<float>[count];
        for (int i = 0; i < count; i++)
        {
            buffers[i] = new AlignedBuffer<float>(0, allocator);
        }

        return buffers;
    }

    static Span<float> Grown(AlignedBuffer<float> buffer, int length)
    {
        buffer.Reserve(length);
        return buffer.Span[..length];
    }
}
