using System.Diagnostics;
using Lacuna.Kernels;

namespace Lacuna.Cli.Bench;

/// <summary>A figure of <c>lacuna bench</c>.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Isa">Instruction-set level in use.</param>
/// <param name="Threads">Threads in use.</param>
/// <param name="Unit">Unit of the median.</param>
/// <param name="Median">Median of the runs.</param>
/// <param name="Runs">Their number.</param>
sealed record Measurement(string Name, string Isa, int Threads, string Unit, double Median, int Runs);

/// <summary>Times the cases of an area: warm-up, then runs until the time is spent, then their median.</summary>
/// <remarks>
/// Cases of one thread are told in that thread's processor time, so that other work on the machine disturbs them little; those of
/// several in time as it passes.
/// </remarks>
/// <param name="budget">Time for a whole area; at least one run of each case is made.</param>
sealed class BenchRunner(TimeSpan budget)
{
    const int MostRuns = 31;
    const double ShortestRun = 0.005;
    const double WarmUpShare = 0.25;

    /// <summary>The program's runner: an area takes under a minute.</summary>
    public static BenchRunner Standard { get; } = new(TimeSpan.FromSeconds(40));

    /// <summary>Measures every case of an area.</summary>
    public IReadOnlyList<Measurement> Run(IBenchArea area)
    {
        IReadOnlyList<BenchCase> cases = area.Prepare(ProcessorPin.Available);
        string isa = Isa.Level.ToString().ToLowerInvariant();
        var measurements = new List<Measurement>();
        foreach (BenchCase one in cases)
        {
            using ProcessorPin? pin = one.Threads == 1 ? new ProcessorPin() : null;
            double[] figures = one.Figure is { } known
                ? [known]
                : [.. Time(one, budget.TotalSeconds / cases.Count).Select(one.ToUnit)];
            measurements.Add(new Measurement(one.Name, isa, one.Threads, one.Unit, Median(figures), figures.Length));
        }

        return measurements;
    }

    /// <summary>The middle figure, or the mean of the two in the middle.</summary>
    /// <param name="figures">At least one; sorted in place.</param>
    internal static double Median(double[] figures)
    {
        Array.Sort(figures);
        int middle = figures.Length / 2;
        return figures.Length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    }

    /// <summary>Seconds of one go in each run; a run repeats what is too short to be timed alone.</summary>
    static List<double> Time(BenchCase one, double seconds)
    {
        long started = Stopwatch.GetTimestamp();
        double spent;
        double last;
        int goes = 1;
        do
        {
            last = Once(one, goes);
            goes = last < ShortestRun ? goes * 2 : goes;
            spent = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        while (spent + last < seconds * WarmUpShare);

        var runs = new List<double>();
        do
        {
            last = Once(one, goes);
            runs.Add(last / goes);
            spent = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        while (runs.Count < MostRuns && spent + last < seconds);
        return runs;
    }

    static double Once(BenchCase one, int goes)
    {
        long started = Now(one);
        for (int i = 0; i < goes; i++)
        {
            one.Body();
        }

        return (Now(one) - started) / 1e9;
    }

    static long Now(BenchCase one) =>
        one.Threads == 1 ? ThreadClock.Nanoseconds : (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
