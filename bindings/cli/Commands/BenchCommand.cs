using System.Text;
using Lacuna.Cli.Bench;

namespace Lacuna.Cli.Commands;

/// <summary><c>lacuna bench</c>: times one part of the program on this machine.</summary>
sealed class BenchCommand(IReadOnlyList<IBenchArea> areas, BenchRunner runner) : ICommand
{
    public string Name => "bench";

    public string Summary => "Measure how fast this machine runs one part of Lacuna.";

    public string Details =>
        $"""
        AREA is one of
        {string.Join("\n", areas.Select(area => $"  {area.Name,-10} {area.Description}"))}
        or a file, which goes through every method of lacuna compress.
        Each line is the median of several runs after a warm-up. With one thread the
        whole process is kept on one processor, and its time is what is told (on
        Linux). It takes under a minute.
        LACUNA_ISA=scalar, vector128, avx2 or avx512 in the environment lowers the
        instruction set.
        """;

    public IReadOnlyList<string> Operands => ["AREA"];

    public IReadOnlyList<OptionSpec> Options => [new(CommonOptions.Json.Name, null,
        "Print one array of objects with name, isa, threads, unit, median and runs (their number).")];

    public IReadOnlyList<(string Line, string Remark)> Examples =>
    [
        ("lacuna bench image", ""),
        ("LACUNA_ISA=avx2 lacuna bench image --json", "as on a machine without AVX-512"),
        ("lacuna bench weights.bin", "which method suits this file"),
    ];

    public int Run(CommandLine line, Host host)
    {
        IBenchArea area = areas.FirstOrDefault(a => a.Name == line[0])
            ?? (File.Exists(line[0]) ? new FileArea(line[0]) : throw new UsageException(
                $"there is no area '{line[0]}' and no such file; areas are {string.Join(", ", areas.Select(a => a.Name))}"));
        IReadOnlyList<Measurement> measurements = runner.Run(area);
        host.Print(line.Has(CommonOptions.Json.Name) ? Json(measurements) : Table(measurements));
        return ExitCode.Done;
    }

    static string Table(IReadOnlyList<Measurement> measurements)
    {
        int width = Math.Max(4, measurements.Max(m => m.Name.Length));
        var text = new StringBuilder($"{"name".PadRight(width)}  {"isa",-9}  threads  {"median",10}  {"unit",-9}  runs\n");
        foreach (Measurement m in measurements)
        {
            text.Append($"{m.Name.PadRight(width)}  {m.Isa,-9}  {m.Threads,7}  {m.Median,10:0.###}  {m.Unit,-9}  {m.Runs,4}\n");
        }

        return text.ToString();
    }

    static string Json(IReadOnlyList<Measurement> measurements) => JsonText.Make(json =>
    {
        json.WriteStartArray();
        foreach (Measurement m in measurements)
        {
            json.WriteStartObject();
            json.WriteString("name", m.Name);
            json.WriteString("isa", m.Isa);
            json.WriteNumber("threads", m.Threads);
            json.WriteString("unit", m.Unit);
            json.WriteNumber("median", m.Median);
            json.WriteNumber("runs", m.Runs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
