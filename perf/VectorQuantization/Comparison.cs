using System.Diagnostics;
using System.Globalization;
using Lacuna.Cli.Bench;
using Lacuna.Kernels;
using Lacuna.Perf.Kernels;

namespace Lacuna.Perf.VectorQuantization;

/// <summary>
/// <c>vq</c>: the rows of <c>lacuna bench vq</c> beside FAISS, where that is installed, in processor time of one thread.
/// Prints a table and writes perf/results/vq.md.
/// </summary>
static class Comparison
{
    /// <summary>The levels that a run measures, each in a process of its own: the level of a process is fixed.</summary>
    static readonly IsaLevel[] Levels = [IsaLevel.Avx512, IsaLevel.Avx2, IsaLevel.Vector128];

    public static int Run(string[] options)
    {
        if (options is ["--figures"])
        {
            PrintFigures();
            return 0;
        }

        IsaLevel[] levels = [.. Levels.Where(Isa.Allows)];
        Dictionary<string, (double Figure, string Unit)>[] ours = [.. levels.Select(FiguresAt)];
        Faiss? faiss = Faiss.Measure();
        var table = new TextTable(["one thread", "unit", .. levels.Select(level => $"Lacuna, {level}"), "FAISS"]);
        foreach ((string name, (_, string unit)) in ours[0])
        {
            string peer = faiss?.Figures.TryGetValue(name, out double figure) == true ? Text(figure) : "";
            table.Add([name, unit, .. ours.Select(figures => Text(figures[name].Figure)), peer]);
        }

        Console.Write(table.ToPlain());
        File.WriteAllText(Path.Combine(Repository.Root, "perf", "results", "vq.md"), Report(table, faiss));
        return 0;
    }

    /// <summary>Prints a line of name, figure and unit for each row, at the level of this process.</summary>
    static void PrintFigures()
    {
        foreach (BenchCase row in new VectorQuantizationArea().Prepare(processors: 1))
        {
            double seconds = QuickTimes.MedianNanoseconds(row.Body) * 1e-9;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name} {row.ToUnit(seconds)} {row.Unit}"));
        }
    }

    static Dictionary<string, (double Figure, string Unit)> FiguresAt(IsaLevel level)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Comparison).Assembly.Location);
        }

        start.ArgumentList.Add("vq");
        start.ArgumentList.Add("--figures");
        start.Environment["LACUNA_ISA"] = level.ToString();
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? lines.Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => (double.Parse(words[1], CultureInfo.InvariantCulture), words[2]))
            : throw new InvalidOperationException($"The process for {level} ended with {process.ExitCode}.");
    }

    static string Report(TextTable table, Faiss? faiss) =>
        $"""
        # Vector quantisation

        Made by `dotnet run --project perf -c Release -- vq` on {Machine.Processor}, commit {Machine.Commit}.
        Medians of processor time of one thread. Vectors and codewords are drawn evenly from a cube; a subvector counts as a vector in
        `product-dsub8`; `kmeans` counts the distances of 20 iterations, and of the seeding, which FAISS does not have. All of
        Lacuna's answers are exact in float32. FAISS: {faiss?.Version ?? "not installed"}.

        {table.ToMarkdown()}
        """;

    static string Text(double figure) =>
        figure.ToString(figure >= 100 ? "F0" : figure >= 10 ? "F1" : figure >= 1 ? "F2" : "F4", CultureInfo.InvariantCulture);
}
