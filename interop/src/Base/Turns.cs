namespace Lacuna.Interop;

/// <summary>An object that one call at a time may be in.</summary>
interface ITakesTurns
{
    /// <exception cref="ArgumentException">This thread is inside a call of the object.</exception>
    void RequireOutside();
}

/// <summary>Lets one call at a time into an object, none from inside another, and none once it is closed.</summary>
/// <param name="name">The parameter by which callers name the object.</param>
sealed class Turns(string name)
{
    readonly Lock gate = new();
    bool busy;
    bool closed;

    /// <summary>Waits for the call that is under way. Dispose the result at the end of the call.</summary>
    /// <exception cref="ArgumentException">This thread is inside a call already, or the object was destroyed meanwhile.</exception>
    public Turn Take()
    {
        gate.Enter();
        if (busy || closed)
        {
            gate.Exit();
            throw closed ? new ArgumentException($"{name} was destroyed.") : Inside();
        }

        busy = true;
        return new Turn(this, FloatMode.Standard());
    }

    /// <summary>Refuses to destroy the object from one of its own functions.</summary>
    /// <exception cref="ArgumentException">This thread is inside a call.</exception>
    public void RequireOutside()
    {
        if (gate.IsHeldByCurrentThread)
        {
            throw Inside();
        }
    }

    /// <summary>Waits for the last call.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
        }
    }

    ArgumentException Inside() => new($"{name} is called from one of its own functions.");

    /// <summary>One call's stay, in the floating-point mode of the library.</summary>
    public readonly ref struct Turn(Turns turns, FloatMode floats)
    {
        readonly FloatMode floats = floats;

        /// <summary>Lets the next one in.</summary>
        public void Dispose()
        {
            floats.Dispose();
            turns.busy = false;
            turns.gate.Exit();
        }
    }
}
