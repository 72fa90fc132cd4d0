namespace Lacuna.Interop;

/// <summary>The caller's ears, and the ways to cancel: by progress, and by a cancel function.</summary>
/// <remarks>Nothing is allocated from call to call but behind a cancelled one.</remarks>
sealed unsafe class HostProgress(ProgressFunctions functions) : IProgress<double>, IDisposable
{
    readonly Lock gate = new();
    CancellationTokenSource source = new();

    /// <summary>For the next piece of work.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Report(double done)
    {
        if (functions.Report != null && functions.Report(functions.Context, done) != 0)
        {
            source.Cancel();
        }
    }

    /// <summary>Cancels what is under way, or comes next.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            source.Cancel();
        }
    }

    /// <summary>Forgets a cancellation that has had its effect.</summary>
    public void Rearm()
    {
        lock (gate)
        {
            if (source.IsCancellationRequested)
            {
                source.Dispose();
                source = new();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
