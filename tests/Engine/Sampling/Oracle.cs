using System.Text.Json;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>What other programs computed: the folder that LACUNA_ORACLE names, or <c>../shared/data/sampler-oracle</c>.</summary>
static class Oracle
{
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("LACUNA_ORACLE") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "sampler-oracle"));

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file))).RootElement;
}

/// <summary>A test that is skipped, and says so, where the oracle folder lacks a file.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute(string file)
    {
        if (!File.Exists(Path.Combine(Oracle.Folder, file)))
        {
            Skip = $"{Path.Combine(Oracle.Folder, file)} is missing: set LACUNA_ORACLE.";
        }
    }
}
