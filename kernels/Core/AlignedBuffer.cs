using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>Memory outside the collected heap that starts on a cache line: activations, planes, anything large and long used.</summary>
/// <remarks>
/// The owner disposes it; a forgotten buffer is freed by its finaliser. A span taken from it is dead once the buffer is
/// disposed, and does not keep it alive: hold the buffer for as long as its spans.
/// </remarks>
/// <typeparam name="T">Elements without references.</typeparam>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Bytes that the first element's address is a multiple of.</summary>
    public const int Alignment = 64;

    T* first;

    /// <summary>Allocates a buffer whose elements are all zero.</summary>
    /// <param name="count">Elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public AlignedBuffer(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        nuint bytes = checked((nuint)count * (nuint)sizeof(T));
        first = (T*)NativeMemory.AlignedAlloc(nuint.Max(bytes, 1), Alignment);
        NativeMemory.Clear(first, bytes);
        Count = count;
    }

    /// <summary>Frees what <see cref="Dispose"/> was not called for.</summary>
    ~AlignedBuffer() => NativeMemory.AlignedFree(first);

    /// <summary>Elements; 0 once disposed.</summary>
    public int Count { get; private set; }

    /// <summary>The elements; empty once disposed.</summary>
    public Span<T> Span => new(first, Count);

    /// <summary>Frees the memory. A second call does nothing.</summary>
    public void Dispose()
    {
        Count = 0;
        NativeMemory.AlignedFree(first);
        first = null;
        GC.SuppressFinalize(this);
    }
}
