namespace Lacuna.Interop;

/// <summary>An object with threads of its own, behind a handle: one call at a time, and none once it is destroyed.</summary>
/// <param name="target">Disposed after the last call.</param>
/// <param name="name">The parameter by which callers name it.</param>
sealed class InTurns<T>(T target, string name) : IDisposable
    where T : class, IDisposable
{
    readonly Turns turns = new(name);

    /// <summary>What to use while a turn lasts.</summary>
    public T Target => target;

    /// <inheritdoc cref="Turns.Take"/>
    public Turns.Turn Take() => turns.Take();

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Close();
        target.Dispose();
    }
}
