using System.Diagnostics;

namespace Lacuna.Tests.Fuzz;

/// <summary>Gives a target inputs one after another, and notices exceptions, hangs and greed.</summary>
sealed class FuzzRun(IFuzzTarget target)
{
    /// <summary>After this an input counts as one that hangs; all of them take milliseconds.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    FuzzInput? current;
    long began;
    string? fault;

    /// <summary>Inputs that were taken as valid.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Inputs that were refused.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Runs until the inputs end or one finds a fault, which fails the test.</summary>
    public void Run(IEnumerable<FuzzInput> inputs)
    {
        began = Stopwatch.GetTimestamp();
        var thread = new Thread(() => Work(inputs)) { IsBackground = true, Name = "fuzz" };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref began)) > Patience)
            {
                Assert.Fail(Report(Volatile.Read(ref current), $"still runs after {Patience}"));
            }
        }

        if (fault is not null)
        {
            Assert.Fail(fault);
        }
    }

    void Work(IEnumerable<FuzzInput> inputs)
    {
        try
        {
            foreach (FuzzInput input in inputs)
            {
                Volatile.Write(ref began, Stopwatch.GetTimestamp());
                Volatile.Write(ref current, input);
                long before = GC.GetAllocatedBytesForCurrentThread();
                bool accepted = target.Run(input.Bytes);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                (accepted ? Accepted : Refused).Add(input.Name);
                if (allocated > target.MostAllocated)
                {
                    fault = Report(input, $"allocates {allocated} bytes, over {target.MostAllocated}");
                    return;
                }
            }
        }
        catch (Exception error)
        {
            fault = Report(current, error.ToString());
        }
    }

    string Report(FuzzInput? input, string what) =>
        $"Target {target.Name}, {input?.Name}: {what}\nInput in base64: {Convert.ToBase64String(input?.Bytes ?? [])}";
}
