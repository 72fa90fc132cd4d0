using System.Runtime.ExceptionServices;

namespace Lacuna.Workers;

/// <summary>A few threads that share loops. Which thread does what never changes a result.</summary>
/// <remarks>
/// The threads live as long as the pool and sleep between loops. A loop's body must not start a loop on the same pool. A loop whose
/// work captures nothing allocates nothing.
/// </remarks>
public sealed class WorkerPool : IDisposable
{
    const int SpinsBeforeSleep = 35;

    readonly Thread[] threads = [];
    readonly Permits start = new();
    readonly object finished = new();
    readonly HostLoop? host;
    LoopBody body;
    ExceptionDispatchInfo? failure;
    int count;
    int next;
    int busy;
    volatile bool closing;

    /// <summary>Starts a pool.</summary>
    /// <param name="workers">Threads that work, the caller's included; 0: one a processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is below 0 or above 256.</exception>
    /// <exception cref="OutOfMemoryException">The system has no more threads; none has been left behind.</exception>
    public WorkerPool(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxWorkers);
        Workers = CountOf(workers);
        threads = new Thread[Workers - 1];
        if (Workers > 1)
        {
            Start();
        }
    }

    /// <summary>Makes a pool without threads of its own, for a host that has some.</summary>
    /// <param name="runner">Runs every loop of two or more indices.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its workers are below 1 or above 256.</exception>
    public WorkerPool(IParallelRunner runner)
    {
        host = new HostLoop(runner);
        Workers = host.Workers;
    }

    /// <summary>Most workers of a pool.</summary>
    public const int MaxWorkers = 256;

    /// <summary>A pool of the calling thread alone. Any number of threads may use it at once; disposing it does nothing.</summary>
    public static WorkerPool Alone { get; } = new(1);

    /// <summary>Threads that work, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>The workers of a pool that is asked for <paramref name="workers"/>: 0 stands for one a processor.</summary>
    public static int CountOf(int workers) => workers == 0 ? Math.Min(Environment.ProcessorCount, MaxWorkers) : workers;

    /// <summary>Calls <paramref name="work"/> once for each index, in any order, and returns when all are done.</summary>
    /// <param name="total">Indices: 0 to <paramref name="total"/> - 1.</param>
    /// <param name="work">Receives the index and the worker, 0 to <see cref="Workers"/> - 1.</param>
    /// <remarks>
    /// Where calls fail, the first failure is thrown as it is once all workers have stopped; indices not yet begun are left out.
    /// </remarks>
    /// <exception cref="RunnerException">The host's runner failed.</exception>
    public void For(int total, Action<int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        For(total, work, static (work, index, worker) => work(index, worker));
    }

    /// <summary>The same, with a state that all calls receive: so that <paramref name="work"/> need not capture anything.</summary>
    /// <param name="total">Indices: 0 to <paramref name="total"/> - 1.</param>
    /// <param name="state">What the work works on.</param>
    /// <param name="work">Receives the state, the index and the worker.</param>
    /// <exception cref="RunnerException">The host's runner failed.</exception>
    public void For<TState>(int total, TState state, Action<TState, int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (total <= 1 || (host is null && threads.Length == 0))
        {
            for (int i = 0; i < total; i++)
            {
                work(state, i, 0);
            }

            return;
        }

        var frame = new LoopBody.Frame<TState>(state, work);
        if (host is not null)
        {
            host.Run(this, total, LoopBody.Of(ref frame));
        }
        else
        {
            Share(total, LoopBody.Of(ref frame));
        }
    }

    /// <summary>Does one index of the loop that an <see cref="IParallelRunner"/> runs. Never throws.</summary>
    /// <param name="index">0 to the count that the runner was given, less 1; each once.</param>
    /// <param name="worker">0 to <see cref="Workers"/> - 1; no two calls at the same time may have the same.</param>
    public void Execute(int index, int worker) => host?.Execute(index, worker);

    /// <summary>Ends the threads. No loop may be running.</summary>
    public void Dispose()
    {
        if (this != Alone)
        {
            Close();
        }
    }

    void Start()
    {
        try
        {
            TakeFirstWait();
            busy = threads.Length;
            for (int i = 0; i < threads.Length; i++)
            {
                int worker = i + 1;
                var thread = new Thread(() => Serve(worker)) { IsBackground = true, Name = "lacuna" };
                thread.Start();
                threads[i] = thread;
            }

            WaitForHelpers();
        }
        catch
        {
            Close();
            throw;
        }
    }

    void Close()
    {
        closing = true;
        if (threads.Length > 0)
        {
            start.Release(threads.Length);
        }

        foreach (Thread? thread in threads)
        {
            thread?.Join();
        }

    }

    void Share(int total, LoopBody work)
    {
        (body, count, failure) = (work, total, null);
        next = -1;
        int helpers = Math.Min(threads.Length, total - 1);
        busy = helpers;
        start.Release(helpers);
        Drain(0);
        WaitForHelpers();
        failure?.Throw();
    }

    void WaitForHelpers()
    {
        var patience = new SpinWait();
        while (Volatile.Read(ref busy) != 0 && patience.Count < SpinsBeforeSleep)
        {
            patience.SpinOnce(sleep1Threshold: -1);
        }

        if (Volatile.Read(ref busy) != 0)
        {
            lock (finished)
            {
                while (Volatile.Read(ref busy) != 0)
                {
                    Monitor.Wait(finished);
                }
            }
        }
    }

    void Serve(int worker)
    {
        TakeFirstWait();
        while (true)
        {
            if (Interlocked.Decrement(ref busy) == 0)
            {
                lock (finished)
                {
                    Monitor.PulseAll(finished);
                }
            }

            start.Wait();
            if (closing)
            {
                return;
            }

            Drain(worker);
        }
    }

    /// <summary>What the runtime allocates for a thread's first wait and its statics, it allocates here and not in a loop.</summary>
    void TakeFirstWait()
    {
        start.TakeFirstWait();
        lock (finished)
        {
            Monitor.Wait(finished, 0);
        }
    }

    void Drain(int worker)
    {
        try
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                body.Run(i, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref next, count);
        }
    }
}
