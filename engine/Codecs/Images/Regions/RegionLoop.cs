using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Shares a picture's regions among workers, each with a coder of its own.</summary>
/// <remarks>
/// Regions go side by side where there are enough of them; else one after the other, and the coder shares the rows of each. The
/// result is the same.
/// </remarks>
static class RegionLoop
{
    /// <summary>Calls <paramref name="work"/> once for each region.</summary>
    /// <param name="pool">The workers.</param>
    /// <param name="regions">The number of regions.</param>
    /// <param name="make">Makes a worker's coder, which shares rows on the pool that it is given. Disposed at the end.</param>
    /// <param name="work">Receives the coder, the region's index and the worker, of which 0 is the calling thread.</param>
    public static void Run<TCoder>(WorkerPool pool, int regions, Func<WorkerPool, TCoder> make, Action<TCoder, int, int> work)
        where TCoder : class, IDisposable
    {
        bool sideBySide = regions >= pool.Workers && pool.Workers > 1;
        using var alone = new WorkerPool(1);
        (WorkerPool outer, WorkerPool inner) = sideBySide ? (pool, alone) : (alone, pool);
        var coders = new TCoder?[outer.Workers];
        try
        {
            outer.For(regions, (index, worker) => work(coders[worker] ??= make(inner), index, worker));
        }
        finally
        {
            foreach (TCoder? coder in coders)
            {
                coder?.Dispose();
            }
        }
    }
}
