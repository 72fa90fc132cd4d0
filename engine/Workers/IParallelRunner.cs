namespace Lacuna.Workers;

/// <summary>Threads of a host that run the loops of a <see cref="WorkerPool"/>.</summary>
public interface IParallelRunner
{
    /// <summary>Calls that may run at the same time, 1 to <see cref="WorkerPool.MaxWorkers"/>; never changes.</summary>
    int Workers { get; }

    /// <summary>
    /// Calls <see cref="WorkerPool.Execute"/> once for each index below <paramref name="count"/>, from any threads, and returns when
    /// all calls have returned.
    /// </summary>
    /// <param name="pool">The pool whose loop it is.</param>
    /// <param name="count">Indices, 2 or more.</param>
    /// <returns>Whether that could be done.</returns>
    bool Run(WorkerPool pool, int count);
}

/// <summary>An <see cref="IParallelRunner"/> could not run a loop, or did not call each index once by workers of its own.</summary>
public sealed class RunnerException : Exception
{
    /// <summary>Makes the exception with a text of its own.</summary>
    public RunnerException()
        : base("The host's runner failed.")
    {
    }

    /// <summary>Makes the exception.</summary>
    public RunnerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public RunnerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
