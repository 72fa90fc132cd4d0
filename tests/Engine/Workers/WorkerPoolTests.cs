using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Workers;

public class WorkerPoolTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_index_is_visited_once_by_a_worker_of_the_pool(int workers)
    {
        using var pool = new WorkerPool(workers);
        Assert.Equal(workers, pool.Workers);
        foreach (int total in new[] { 0, 1, 2, workers, 1000 })
        {
            var visits = new int[total];
            var strangers = 0;
            pool.For(total, (index, worker) =>
            {
                Interlocked.Increment(ref visits[index]);
                Interlocked.Add(ref strangers, worker >= 0 && worker < workers ? 0 : 1);
            });
            Assert.All(visits, visit => Assert.Equal(1, visit));
            Assert.Equal(0, strangers);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_pool_serves_one_loop_after_another(int workers)
    {
        using var pool = new WorkerPool(workers);
        long sum = 0;
        for (int loop = 0; loop < 500; loop++)
        {
            pool.For(7, (index, _) => Interlocked.Add(ref sum, index));
        }

        Assert.Equal(500 * 21, sum);
    }

    [Fact]
    public void No_two_threads_bear_the_same_number_in_a_loop()
    {
        using var pool = new WorkerPool(5);
        var inside = new int[5];
        int clashes = 0;
        pool.For(2000, (_, worker) =>
        {
            Interlocked.Add(ref clashes, Interlocked.Increment(ref inside[worker]) == 1 ? 0 : 1);
            Interlocked.Decrement(ref inside[worker]);
        });
        Assert.Equal(0, clashes);
    }

    [Fact]
    public void Workers_run_side_by_side()
    {
        using var pool = new WorkerPool(3);
        using var all = new Barrier(3);
        int met = 0;
        pool.For(3, (_, _) => Interlocked.Add(ref met, all.SignalAndWait(Patience) ? 1 : 0));
        Assert.Equal(3, met);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(5, 10)]
    [InlineData(5, 1)]
    public void The_first_failure_comes_to_the_caller_as_it_is_and_the_pool_lives_on(int workers, int total)
    {
        using var pool = new WorkerPool(workers);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var error = Assert.Throws<InvalidDataException>(
                () => pool.For(total, (index, _) => throw new InvalidDataException($"index {index}")));
            Assert.StartsWith("index ", error.Message, StringComparison.Ordinal);
            int visits = 0;
            pool.For(total, (_, _) => Interlocked.Increment(ref visits));
            Assert.Equal(total, visits);
        }
    }

    [Fact]
    public void Indices_after_a_failure_are_left_out()
    {
        using var pool = new WorkerPool(1);
        int visits = 0;
        Assert.Throws<InvalidDataException>(() => pool.For(10, (index, _) =>
        {
            visits++;
            if (index == 3)
            {
                throw new InvalidDataException();
            }
        }));
        Assert.Equal(4, visits);
    }

    [Fact]
    public void Zero_workers_are_one_a_processor()
    {
        using var pool = new WorkerPool(0);
        Assert.Equal(Math.Min(Environment.ProcessorCount, WorkerPool.MaxWorkers), pool.Workers);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(WorkerPool.MaxWorkers + 1)]
    public void A_number_of_workers_out_of_range_is_an_exception(int workers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(workers));
}
