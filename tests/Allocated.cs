namespace Lacuna.Tests;

/// <summary>Counts what a call allocates on the calling thread.</summary>
static class Allocated
{
    const int Calls = 5;

    /// <summary>Bytes of the least of a few calls: what a call needs each time shows in all of them.</summary>
    /// <remarks>
    /// One call alone does not tell: the runtime allocates at its own time (a pool that was trimmed, a method that is compiled again),
    /// and more often where other tests run beside.
    /// </remarks>
    public static long By(Action call)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Calls; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
