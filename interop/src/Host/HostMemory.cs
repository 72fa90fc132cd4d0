using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>One object's memory: the system's or the caller's functions, within a limit.</summary>
sealed unsafe class HostMemory : BufferAllocator
{
    static long live;

    readonly MemoryFunctions functions;
    readonly long limit;
    long taken;
    volatile bool exceeded;

    /// <param name="functions">All zero: the system's.</param>
    /// <param name="limit">Bytes at most; 0: no bound.</param>
    /// <exception cref="ArgumentException">Only one of the functions is there.</exception>
    public HostMemory(in MemoryFunctions functions, ulong limit)
    {
        if ((functions.Allocate == null) != (functions.Release == null))
        {
            throw new ArgumentException("options->memory has only one of its two functions.");
        }

        this.functions = functions;
        this.limit = limit is 0 or > long.MaxValue ? long.MaxValue : (long)limit;
    }

    /// <summary>Bytes that callers' functions have given to all objects.</summary>
    public static new long LiveBytes => Volatile.Read(ref live);

    /// <summary>Whether a block was refused for the limit since this was last asked.</summary>
    public bool TakeExceeded()
    {
        bool was = exceeded;
        exceeded = false;
        return was;
    }

    /// <inheritdoc/>
    public override void* Allocate(nuint bytes, nuint alignment)
    {
        if (Interlocked.Add(ref taken, (long)bytes) > limit)
        {
            exceeded = true;
            Interlocked.Add(ref taken, -(long)bytes);
            return null;
        }

        void* memory = functions.Allocate == null
            ? System.Allocate(bytes, alignment)
            : Checked(functions.Allocate(functions.Context, bytes, alignment), bytes, alignment);
        if (memory == null)
        {
            Interlocked.Add(ref taken, -(long)bytes);
        }

        return memory;
    }

    /// <inheritdoc/>
    public override void Release(void* memory, nuint bytes)
    {
        Interlocked.Add(ref taken, -(long)bytes);
        if (functions.Release == null)
        {
            System.Release(memory, bytes);
            return;
        }

        Interlocked.Add(ref live, -(long)bytes);
        functions.Release(functions.Context, memory, bytes);
    }

    /// <summary>A block that is not aligned as asked is given back: kernels would fault on it.</summary>
    void* Checked(void* memory, nuint bytes, nuint alignment)
    {
        if (memory != null && (nuint)memory % alignment != 0)
        {
            functions.Release(functions.Context, memory, bytes);
            throw new CallbackException("options->memory.allocate gave a block that is not aligned.");
        }

        if (memory != null)
        {
            Interlocked.Add(ref live, (long)bytes);
        }

        return memory;
    }
}
