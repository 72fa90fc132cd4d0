using System.Runtime.InteropServices;
using Lacuna.Perf.RateDistortion;

namespace Lacuna.Perf;

/// <summary>What results say of where they were made.</summary>
static class Machine
{
    /// <summary>The processor's name.</summary>
    public static string Processor
    {
        get
        {
            const string facts = "/proc/cpuinfo";
            string? name = File.Exists(facts) ? File.ReadLines(facts).FirstOrDefault(line => line.StartsWith("model name")) : null;
            return name is null ? RuntimeInformation.ProcessArchitecture.ToString() : name[(name.IndexOf(':') + 1)..].Trim();
        }
    }

    /// <summary>The commit that is checked out.</summary>
    public static string Commit
    {
        get
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
}
