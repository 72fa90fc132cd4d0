using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Workers;

public class RunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_host_s_threads_run_every_index_once(int workers)
    {
        var runner = new Runner(workers);
        using var pool = new WorkerPool(runner);
        Assert.Equal(workers, pool.Workers);
        for (int total = 0; total < 40; total++)
        {
            var visits = new int[total];
            pool.For(total, visits, static (visits, index, _) => Interlocked.Increment(ref visits[index]));
            Assert.All(visits, visit => Assert.Equal(1, visit));
        }

        Assert.Equal(38, runner.Loops);
    }

    [Fact]
    public void A_failure_of_the_work_comes_to_the_caller_and_the_pool_lives_on()
    {
        using var pool = new WorkerPool(new Runner(2));
        Assert.Throws<InvalidDataException>(() => pool.For(10, 0, static (_, _, _) => throw new InvalidDataException()));
        int visits = 0;
        pool.For(10, (_, _) => Interlocked.Increment(ref visits));
        Assert.Equal(10, visits);
    }

    public static TheoryData<string, Func<WorkerPool, int, bool>> Faults { get; } = new()
    {
        { "says that it failed", static (_, _) => false },
        { "calls nothing", static (_, _) => true },
        { "leaves one out", static (pool, count) => Each(pool, count - 1, 0) },
        { "does one twice", static (pool, count) => Each(pool, count, 0) && Call(pool, 1, 0) },
        { "goes past the end", static (pool, count) => Each(pool, count, 0) && Call(pool, count, 0) },
        { "begins below 0", static (pool, count) => Each(pool, count, 0) && Call(pool, -1, 0) },
        { "has a worker too many", static (pool, count) => Each(pool, count, 2) },
        { "has a worker below 0", static (pool, count) => Each(pool, count, -1) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_runner_that_breaks_its_promise_is_an_exception_and_the_pool_lives_on(string fault, Func<WorkerPool, int, bool> run)
    {
        var runner = new Runner(2) { Fault = run };
        using var pool = new WorkerPool(runner);
        Assert.Throws<RunnerException>(() => pool.For(5, 0, static (_, _, _) => { }));
        runner.Fault = null;
        int visits = 0;
        pool.For(5, (_, _) => Interlocked.Increment(ref visits));
        Assert.True(visits == 5, fault);
    }

    [Fact]
    public void Two_calls_at_once_with_the_same_worker_are_an_exception()
    {
        using var inside = new ManualResetEventSlim();
        using var refused = new ManualResetEventSlim();
        using var pool = new WorkerPool(new Runner(2)
        {
            Fault = (pool, _) =>
            {
                var other = new Thread(() =>
                {
                    inside.Wait();
                    pool.Execute(1, 0);
                    refused.Set();
                });
                other.Start();
                pool.Execute(0, 0);
                other.Join();
                return true;
            },
        });
        Assert.Throws<RunnerException>(() => pool.For(2, (index, _) =>
        {
            inside.Set();
            Assert.True(index == 0 && refused.Wait(TimeSpan.FromSeconds(60)));
        }));
    }

    [Fact]
    public void A_call_that_outlives_its_loop_s_runner_is_waited_for_and_one_after_it_does_nothing()
    {
        using var inside = new ManualResetEventSlim();
        Thread? late = null;
        int finished = 0;
        var runner = new Runner(2)
        {
            Fault = (pool, _) =>
            {
                late = new Thread(() => pool.Execute(1, 1));
                late.Start();
                pool.Execute(0, 0);
                inside.Wait();
                return true;
            },
        };
        using var pool = new WorkerPool(runner);
        Assert.Throws<RunnerException>(() => pool.For(2, (index, _) =>
        {
            if (index == 1)
            {
                inside.Set();
                Thread.Sleep(300);
                Interlocked.Increment(ref finished);
            }
        }));
        Assert.Equal(1, finished);
        late!.Join();
        pool.Execute(0, 0);
        Assert.Equal(1, finished);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_runner_s_workers_lie_between_1_and_256(int workers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(new Runner(workers)));

    [Fact]
    public void The_pool_of_the_caller_alone_serves_many_threads_and_survives_disposal()
    {
        WorkerPool.Alone.Dispose();
        int[] sums = new int[8];
        Parallel.For(0, 8, i => WorkerPool.Alone.For(1000, (sums, i), static (work, index, _) => work.sums[work.i] += index));
        Assert.All(sums, sum => Assert.Equal(499_500, sum));
    }

    static bool Each(WorkerPool pool, int count, int worker)
    {
        for (int i = 0; i < count; i++)
        {
            pool.Execute(i, worker);
        }

        return true;
    }

    static bool Call(WorkerPool pool, int index, int worker)
    {
        pool.Execute(index, worker);
        return true;
    }
}

/// <summary>A host with threads of its own, which can be told to break its promises.</summary>
sealed class Runner(int workers) : IParallelRunner
{
    public int Workers => workers;

    public int Loops { get; private set; }

    /// <summary>Runs in place of the promised loop.</summary>
    public Func<WorkerPool, int, bool>? Fault { get; set; }

    public bool Run(WorkerPool pool, int count)
    {
        Loops++;
        if (Fault is not null)
        {
            return Fault(pool, count);
        }

        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                pool.Execute(i, worker);
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return true;
    }
}
