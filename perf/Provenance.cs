using System.Runtime.InteropServices;
using Lacuna.Perf.RateDistortion;

namespace Lacuna.Perf;

/// <summary>What a report says of where its figures are from.</summary>
static class Provenance
{
    /// <summary>The processor's name, or its architecture where the system does not tell.</summary>
    public static string Processor
    {
        get
        {
            const string Facts = "/proc/cpuinfo";
            string? name = File.Exists(Facts) ? File.ReadLines(Facts).FirstOrDefault(line => line.StartsWith("model name")) : null;
            return name is null ? RuntimeInformation.ProcessArchitecture.ToString() : name[(name.IndexOf(':') + 1)..].Trim();
        }
    }

    /// <summary>The commit that is checked out, in short.</summary>
    public static string Commit()
    {
        try
        {
            return Tool.Run("git", ["-C", Repository.Root, "rev-parse", "--short", "HEAD"]).Output.Trim();
        }
        catch (InvalidOperationException)
        {
            return "unknown";
        }
    }
}
