namespace Lacuna.Workers;

/// <summary>A counting semaphore for threads alone. The runtime's own has waiting tasks too, and with them its pool and timers.</summary>
sealed class Permits
{
    /// <summary>Loops come in quick succession: a thread looks this often before it sleeps.</summary>
    const int SpinsBeforeSleep = 35;

    readonly object gate = new();
    int free;
    int sleeping;

    /// <summary>What the runtime allocates for the first wait, it allocates here.</summary>
    public void TakeFirstWait()
    {
        lock (gate)
        {
            Monitor.Wait(gate, 0);
        }
    }

    /// <summary>Lets so many threads go on.</summary>
    public void Release(int count)
    {
        lock (gate)
        {
            Volatile.Write(ref free, free + count);
            for (int i = Math.Min(count, sleeping); i > 0; i--)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Takes a permit, as soon as there is one.</summary>
    public void Wait()
    {
        var patience = new SpinWait();
        while (Volatile.Read(ref free) == 0 && patience.Count < SpinsBeforeSleep)
        {
            patience.SpinOnce(sleep1Threshold: -1);
        }

        lock (gate)
        {
            sleeping++;
            while (free == 0)
            {
                Monitor.Wait(gate);
            }

            sleeping--;
            free--;
        }
    }
}
