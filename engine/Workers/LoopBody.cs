using System.Runtime.CompilerServices;

namespace Lacuna.Workers;

/// <summary>A loop's work and what it works on, as they lie in the frame of the thread that began the loop.</summary>
/// <remarks>
/// Other threads reach them by address: a frame does not move, and its references are kept up by the collector for as long as the
/// method runs. So a loop allocates nothing.
/// </remarks>
readonly unsafe struct LoopBody
{
    readonly void* frame;
    readonly delegate*<void*, int, int, void> invoke;

    LoopBody(void* frame, delegate*<void*, int, int, void> invoke)
    {
        this.frame = frame;
        this.invoke = invoke;
    }

    /// <summary>Refers to a frame, which must stay where it is until the loop has ended.</summary>
    public static LoopBody Of<TState>(ref Frame<TState> frame) => new(Unsafe.AsPointer(ref frame), &Invoke<TState>);

    /// <summary>Does the work of one index.</summary>
    public void Run(int index, int worker) => invoke(frame, index, worker);

    static void Invoke<TState>(void* frame, int index, int worker)
    {
        ref Frame<TState> body = ref Unsafe.AsRef<Frame<TState>>(frame);
        body.Work(body.State, index, worker);
    }

    /// <summary>What a loop's threads share.</summary>
    public struct Frame<TState>(TState state, Action<TState, int, int> work)
    {
        public readonly TState State = state;
        public readonly Action<TState, int, int> Work = work;
    }
}
