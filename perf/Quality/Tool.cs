using System.ComponentModel;
using System.Diagnostics;

namespace Lacuna.Perf.RateDistortion;

/// <summary>A program on the PATH.</summary>
static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="name">Program on the PATH.</param>
    /// <param name="arguments">Passed one by one; no shell takes part.</param>
    /// <returns>Wall time of the whole process in milliseconds, and all that it said.</returns>
    /// <exception cref="InvalidOperationException">It is not there, or ended with an error.</exception>
    public static (double Ms, string Output) Run(string name, IEnumerable<string> arguments)
    {
        var (ms, code, output) = Start(name, arguments);
        return code == 0 ? (ms, output) : throw new InvalidOperationException($"{name} ended with {code}: {FirstLine(output)}");
    }

    /// <summary>What a program says of its version, or null where it is missing.</summary>
    public static string? Version(string name, string option)
    {
        try
        {
            string line = FirstLine(Start(name, [option]).Output);
            return line.Replace("Version:", "").Replace("version", "").Trim();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static (double Ms, int Code, string Output) Start(string name, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        try
        {
            using var process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (watch.Elapsed.TotalMilliseconds, process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{name} is not on the PATH", missing);
        }
    }

    static string FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
}
