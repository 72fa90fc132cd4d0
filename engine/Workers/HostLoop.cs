using System.Runtime.ExceptionServices;

namespace Lacuna.Workers;

/// <summary>Runs loops on a host's threads, and finds out where the host does not keep its promises.</summary>
/// <remarks>Whatever the host does, no thread is in a loop's work any more once <see cref="Run"/> has returned.</remarks>
sealed class HostLoop
{
    readonly IParallelRunner runner;
    readonly int[] busy;
    int[] visits = [];
    LoopBody body;
    ExceptionDispatchInfo? failure;
    int count;
    int executed;
    int inside;
    int open;
    int broken;

    public HostLoop(IParallelRunner runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentOutOfRangeException.ThrowIfLessThan(runner.Workers, 1, nameof(runner));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runner.Workers, WorkerPool.MaxWorkers, nameof(runner));
        this.runner = runner;
        busy = new int[runner.Workers];
    }

    public int Workers => busy.Length;

    public void Run(WorkerPool pool, int total, LoopBody work)
    {
        if (visits.Length < total)
        {
            visits = new int[total];
        }

        Array.Clear(visits, 0, total);
        (body, count, failure, executed, broken) = (work, total, null, 0, 0);
        bool ran;
        Interlocked.Exchange(ref open, 1);
        try
        {
            ran = runner.Run(pool, total);
        }
        finally
        {
            Interlocked.Exchange(ref open, 0);
            var patience = new SpinWait();
            while (Volatile.Read(ref inside) != 0)
            {
                broken = 1; // it has returned before its calls
                patience.SpinOnce();
            }
        }

        Check(ran);
    }

    public void Execute(int index, int worker)
    {
        Interlocked.Increment(ref inside);
        if (Volatile.Read(ref open) == 0 || (uint)index >= (uint)count || (uint)worker >= (uint)busy.Length)
        {
            Volatile.Write(ref broken, 1);
        }
        else if (Interlocked.Exchange(ref busy[worker], 1) != 0)
        {
            Volatile.Write(ref broken, 1);
        }
        else
        {
            Visit(index, worker);
            Volatile.Write(ref busy[worker], 0);
        }

        Interlocked.Decrement(ref inside);
    }

    void Visit(int index, int worker)
    {
        if (Interlocked.Exchange(ref visits[index], 1) != 0)
        {
            Volatile.Write(ref broken, 1);
            return;
        }

        try
        {
            if (Volatile.Read(ref failure) is null)
            {
                body.Run(index, worker);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        }

        Interlocked.Increment(ref executed);
    }

    void Check(bool ran)
    {
        if (broken != 0)
        {
            throw new RunnerException("The host's runner made a call twice, too late, or with a number out of range.");
        }

        failure?.Throw();
        if (!ran || executed != count)
        {
            throw new RunnerException(ran ? "The host's runner left calls out." : "The host's runner could not run a loop.");
        }
    }
}
