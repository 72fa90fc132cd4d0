using System.Runtime.ExceptionServices;

namespace Lacuna.Workers;

/// <summary>A few threads that share loops. Which thread does what never changes a result.</summary>
/// <remarks>
/// The threads live as long as the pool and sleep between loops. A loop's body must not start a loop on the same pool.
/// </remarks>
public sealed class WorkerPool : IDisposable
{
    readonly Thread[] threads;
    readonly SemaphoreSlim start = new(0);
    readonly ManualResetEventSlim finished = new();
    Action<int, int>? body;
    ExceptionDispatchInfo? failure;
    int count;
    int next;
    int busy;
    volatile bool closing;

    /// <summary>Starts a pool.</summary>
    /// <param name="workers">Threads that work, the caller's included; 0: one a processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is below 0 or above 256.</exception>
    public WorkerPool(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxWorkers);
        Workers = workers == 0 ? Math.Min(Environment.ProcessorCount, MaxWorkers) : workers;
        threads = new Thread[Workers - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = "lacuna" };
            threads[i].Start();
        }
    }

    /// <summary>Most workers of a pool.</summary>
    public const int MaxWorkers = 256;

    /// <summary>Threads that work, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>Calls <paramref name="work"/> once for each index, in any order, and returns when all are done.</summary>
    /// <param name="total">Indices: 0 to <paramref name="total"/> - 1.</param>
    /// <param name="work">Receives the index and the worker, 0 to <see cref="Workers"/> - 1.</param>
    /// <remarks>
    /// Where calls fail, the first failure is thrown as it is once all workers have stopped; indices not yet begun are left out.
    /// </remarks>
    public void For(int total, Action<int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (threads.Length == 0 || total <= 1)
        {
            for (int i = 0; i < total; i++)
            {
                work(i, 0);
            }

            return;
        }

        (body, count, failure) = (work, total, null);
        next = -1;
        int helpers = Math.Min(threads.Length, total - 1);
        busy = helpers;
        finished.Reset();
        start.Release(helpers);
        Drain(0);
        finished.Wait();
        body = null;
        failure?.Throw();
    }

    /// <summary>Ends the threads. No loop may be running.</summary>
    public void Dispose()
    {
        closing = true;
        if (threads.Length > 0)
        {
            start.Release(threads.Length);
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        start.Dispose();
        finished.Dispose();
    }

    void Serve(int worker)
    {
        while (true)
        {
            start.Wait();
            if (closing)
            {
                return;
            }

            Drain(worker);
            if (Interlocked.Decrement(ref busy) == 0)
            {
                finished.Set();
            }
        }
    }

    void Drain(int worker)
    {
        try
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                body!(i, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref next, count);
        }
    }
}
