using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>Frames' memory between one frame and the next; outlives its decoder for as long as frames do.</summary>
/// <param name="memory">Where the library's own planes lie.</param>
/// <param name="functions">The caller's planes instead; all zero: none.</param>
sealed class FramePool(BufferAllocator memory, FrameFunctions functions) : IDisposable
{
    const int Most = 4;

    readonly FrameFunctions functions = functions;
    readonly Stack<FrameMemory> waiting = new(Most);
    bool closed;

    /// <summary>Where the library's own planes lie.</summary>
    public BufferAllocator Memory => memory;

    /// <summary>The caller's; all zero where it has none.</summary>
    public ref readonly FrameFunctions Functions => ref functions;

    /// <summary>Gives a frame planes and strides.</summary>
    /// <param name="frame">Format, shape and times are set.</param>
    /// <returns>What holds them, the caller's to dispose.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory, or the caller's function gave none.</exception>
    /// <exception cref="CallbackException">The caller's function gave planes that cannot be.</exception>
    public FrameMemory Lend(ref Frame frame)
    {
        FrameMemory lent;
        lock (waiting)
        {
            lent = waiting.TryPop(out FrameMemory? found) ? found : new FrameMemory(this);
        }

        lent.Lend(ref frame);
        return lent;
    }

    /// <summary>Takes memory back that no frame refers to.</summary>
    public void Return(FrameMemory frame)
    {
        lock (waiting)
        {
            if (!closed && waiting.Count < Most)
            {
                waiting.Push(frame);
                return;
            }
        }

        frame.Free();
    }

    /// <summary>Frees what waits; frames that are still out free themselves.</summary>
    public void Dispose()
    {
        lock (waiting)
        {
            closed = true;
            while (waiting.TryPop(out FrameMemory? frame))
            {
                frame.Free();
            }
        }
    }
}
