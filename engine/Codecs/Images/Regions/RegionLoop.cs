using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>How workers share a picture's regions: its outer pool goes through them, its inner pool through the rows of each.</summary>
/// <remarks>
/// Regions go side by side where there are enough of them; else one after the other, and all workers share the rows of each. The
/// result is the same.
/// </remarks>
readonly struct RegionLoop(WorkerPool outer, WorkerPool inner)
{
    public WorkerPool Outer => outer;

    public WorkerPool Inner => inner;

    public static RegionLoop Of(WorkerPool pool, int regions) =>
        AreSideBySide(pool.Workers, regions) ? new(pool, WorkerPool.Alone) : new(WorkerPool.Alone, pool);

    public static bool AreSideBySide(int workers, int regions) => regions >= workers && workers > 1;
}
