namespace Lacuna.Cli.Bench;

/// <summary>Something to time.</summary>
/// <param name="Name">What it is, with the area before a slash.</param>
/// <param name="Threads">Threads that it uses; with 1 the process is kept on one processor.</param>
/// <param name="Unit">Unit of the figure.</param>
/// <param name="Body">Does the work once.</param>
/// <param name="ToUnit">Turns the seconds of one go into the figure.</param>
sealed record BenchCase(string Name, int Threads, string Unit, Action Body, Func<double, double> ToUnit)
{
    /// <summary>The figure, where it is known without timing.</summary>
    public double? Figure { get; private init; }

    /// <summary>A figure that needs no timing, such as a size.</summary>
    public static BenchCase Known(string name, string unit, double figure) =>
        new(name, 1, unit, static () => { }, static seconds => seconds) { Figure = figure };

    /// <summary>A case told in milliseconds a go.</summary>
    public static BenchCase Milliseconds(string name, int threads, Action body) =>
        new(name, threads, "ms", body, static seconds => 1000 * seconds);
}

/// <summary>A part of the program that <c>lacuna bench AREA</c> measures.</summary>
interface IBenchArea
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in a few words.</summary>
    string Description { get; }

    /// <summary>Prepares what is to be timed.</summary>
    /// <param name="processors">Processors that the process may use.</param>
    IReadOnlyList<BenchCase> Prepare(int processors);
}

/// <summary>The areas that <c>lacuna bench</c> knows. A new one takes its place here.</summary>
static class BenchAreas
{
    public static IReadOnlyList<IBenchArea> All { get; } =
        [new ImageArea(), new NetworkArea(), new EntropyArea(), new VectorQuantizationArea(), new SamplingArea()];
}
