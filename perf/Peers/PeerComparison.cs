using System.Globalization;
using System.Text;
using Lacuna.Cli.Bench;
using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Perf.Peers;

/// <summary><c>peers</c>: entropy coders side by side in one run, on one pinned core; writes perf/results/entropy.md.</summary>
/// <remarks>
/// Nothing is built: what Debian has is loaded where it is installed (build.sh installs it), and a line says what is missing.
/// With LACUNA_ISA set the table goes to a file of that level.
/// </remarks>
static class PeerComparison
{
    const int DataBytes = 16 << 20;

    /// <summary>Measures, prints and writes the tables.</summary>
    public static int Run()
    {
        using var pin = new ProcessorPin();
        var text = new StringBuilder("# Entropy coders side by side\n\n");
        string level = Isa.Level.ToString().ToLowerInvariant();
        text.Append($"Made by `{CommandLine()}` on {Machine.Processor}, commit {Machine.Commit}. Lacuna runs at the level {level}.\n\n");
        text.Append(
            """
            One pinned core, 16 MiB in blocks of 1 MiB, processor time of the thread, medians of 9 rounds in which the coders take turns;
            MB are 10^6 bytes of data. Everything decoded is compared with the data. The last columns are the rate by the best peer's.


            """);
        foreach (Job job in Jobs())
        {
            string table = Table(job);
            Console.WriteLine(table);
            text.Append(table).Append('\n');
        }

        text.Append(Missing());
        Console.WriteLine(Missing());
        string name = Environment.GetEnvironmentVariable("LACUNA_ISA") is null ? "entropy.md" : $"entropy-{level}.md";
        File.WriteAllText(Path.Combine(Repository.Root, "perf", "results", name), text.ToString());
        return 0;
    }

    static string CommandLine() => Environment.GetEnvironmentVariable("LACUNA_ISA") is { } isa
        ? $"LACUNA_ISA={isa} dotnet run --project perf -c Release -- peers"
        : "dotnet run --project perf -c Release -- peers";

    static IEnumerable<Job> Jobs()
    {
        foreach (int bits in (int[])[2, 4, 6])
        {
            yield return Make(
                $"gauss{bits}", EntropyData.Gaussian(bits, DataBytes),
                OwnCoders.Copy, OwnCoders.Static(), Htscodecs.Rans, Zstd.Fastest);
        }

        yield return Make(
            "gauss4, adaptive", EntropyData.Gaussian(4, DataBytes),
            OwnCoders.Adaptive(1), OwnCoders.Adaptive(8), Htscodecs.Adaptive);
        yield return Make(
            "bfloat16, normal with deviation 0.02", EntropyData.BFloat16(DataBytes),
            OwnCoders.Payload(CompressionMethod.Floats), Htscodecs.StripedRans, Zstd.Fastest);
        yield return Make(
            "text", EntropyData.Text(DataBytes),
            OwnCoders.Payload(CompressionMethod.Lz4), OwnCoders.Payload(CompressionMethod.Auto), OwnCoders.Lz4, Zstd.Fastest);
    }

    static Job Make(string name, byte[] data, params Coder?[] coders) => new(name, data, [.. coders.OfType<Coder>()]);

    static string Table(Job job)
    {
        IReadOnlyList<PeerResult> results = PeerTimes.Measure(job);
        double bestEncode = Best(results, result => result.EncodeRate), bestDecode = Best(results, result => result.DecodeRate);
        double entropy = Entropy(job.Data) * job.Data.Length / 8;
        var table = new TextTable(job.Name, "% of data", "% over entropy", "encode, MB/s", "decode, MB/s", "encode, x", "decode, x");
        foreach (PeerResult result in results)
        {
            table.Add(
                result.Coder.Name,
                Number(100.0 * result.Bytes / job.Data.Length, "0.00"),
                Number(100 * (result.Bytes / entropy - 1), "0.00"),
                Number(result.EncodeRate, "0"), Number(result.DecodeRate, "0"),
                Ratio(result, result.EncodeRate / bestEncode), Ratio(result, result.DecodeRate / bestDecode));
        }

        return table.ToMarkdown();
    }

    static double Best(IReadOnlyList<PeerResult> results, Func<PeerResult, double> rate) =>
        results.Where(result => result.Coder.IsPeer).Select(rate).DefaultIfEmpty(double.NaN).Max();

    static string Ratio(PeerResult result, double ratio) => result.Coder.IsPeer || double.IsNaN(ratio) ? "" : Number(ratio, "0.00");

    /// <summary>Bits a byte, each taken by itself.</summary>
    static double Entropy(byte[] data) => data.CountBy(value => value)
        .Select(pair => pair.Value / (double)data.Length).Sum(share => -share * Math.Log2(share));

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    static string Missing()
    {
        (string Name, Coder? Coder)[] libraries =
            [("libhtscodecs2", Htscodecs.Rans), ("libzstd1", Zstd.Fastest), ("liblz4-1", OwnCoders.Lz4)];
        string[] missing = [.. libraries.Where(library => library.Coder is null).Select(library => library.Name)];
        return missing.Length == 0 ? "" : $"Left out, not installed: {string.Join(", ", missing)}.\n";
    }
}
