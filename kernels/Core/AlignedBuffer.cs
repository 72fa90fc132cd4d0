using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>Memory outside the collected heap that starts on a cache line: activations, planes, anything large and long used.</summary>
/// <remarks>
/// The owner disposes it; a forgotten buffer is freed by its finaliser. A span taken from it is dead once the buffer is
/// disposed or has grown, and does not keep it alive: hold the buffer for as long as its spans.
/// </remarks>
/// <typeparam name="T">Elements without references.</typeparam>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Bytes that the first element's address is a multiple of.</summary>
    public const int Alignment = 64;

    readonly BufferAllocator allocator;
    T* first;

    /// <summary>Allocates a buffer whose elements are all zero.</summary>
    /// <param name="count">Elements, 0 or more; none take no memory.</param>
    /// <param name="allocator">Gives the memory and gets it back; null: the system.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is no such block.</exception>
    public AlignedBuffer(int count, BufferAllocator? allocator = null)
    {
        this.allocator = allocator ?? BufferAllocator.System;
        Reserve(count);
        NativeMemory.Clear(first, Bytes);
    }

    /// <summary>Frees what <see cref="Dispose"/> was not called for.</summary>
    ~AlignedBuffer() => Release();

    /// <summary>Elements; 0 once disposed.</summary>
    public int Count { get; private set; }

    /// <summary>The elements; empty once disposed.</summary>
    public Span<T> Span => new(first, Count);

    nuint Bytes => (nuint)Count * (nuint)sizeof(T);

    /// <summary>Makes sure that there are enough elements. Where it has to grow, all contents become unspecified.</summary>
    /// <param name="count">Elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is no such block; the buffer is then empty.</exception>
    public void Reserve(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count <= Count)
        {
            return;
        }

        Release();
        nuint bytes = checked((nuint)count * (nuint)sizeof(T));
        first = (T*)allocator.Allocate(bytes, Alignment);
        if (first == null)
        {
            throw new InsufficientMemoryException($"There is no block of {bytes} bytes.");
        }

        Count = count;
    }

    /// <summary>Frees the memory. A second call does nothing.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    void Release()
    {
        if (first != null)
        {
            allocator.Release(first, Bytes);
        }

        first = null;
        Count = 0;
    }
}
