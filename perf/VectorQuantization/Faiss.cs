using System.Diagnostics;
using System.Globalization;

namespace Lacuna.Perf.VectorQuantization;

/// <summary>FAISS as the system's Python has it (Debian's python3-faiss), timed by a script beside this file.</summary>
/// <param name="Version">Its version and how it was compiled.</param>
/// <param name="Figures">A figure for each name of <c>lacuna bench vq</c> that it has something for.</param>
sealed record Faiss(string Version, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>Runs the script on one processor; null, and a line on the error stream, where there is no FAISS.</summary>
    public static Faiss? Measure()
    {
        string script = Path.Combine(Repository.Root, "perf", "VectorQuantization", "faiss_times.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                return Parse(lines);
            }

            string reason = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no message";
            Console.Error.WriteLine($"FAISS is left out: {reason}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.Error.WriteLine($"FAISS is left out: {missing.Message}");
        }

        return null;
    }

    static Faiss Parse(string[] lines)
    {
        string version = "";
        var figures = new Dictionary<string, double>();
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            if (words[0] == "version")
            {
                version = string.Join(' ', words[1..]);
            }
            else
            {
                figures[words[0]] = double.Parse(words[1], CultureInfo.InvariantCulture);
            }
        }

        return new Faiss(version, figures);
    }
}
