using Lacuna.Workers;

namespace Lacuna.Quantization.Training;

/// <summary>A loop that a pool shares where there is one.</summary>
static class SharedLoop
{
    /// <summary>Calls <paramref name="work"/> with each index from 0 and the worker that it is on.</summary>
    public static void For(WorkerPool? workers, int total, Action<int, int> work)
    {
        if (workers is not null)
        {
            workers.For(total, work);
            return;
        }

        for (int i = 0; i < total; i++)
        {
            work(i, 0);
        }
    }
}
