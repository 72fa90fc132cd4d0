using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lacuna.Tests.Engine.Sampling;

/// <summary>One stored trajectory of a reference scheduler: its configuration, its steps and their tensors.</summary>
sealed class OracleCase
{
    readonly Dictionary<string, (int Offset, int Count)> places = [];
    readonly float[] values;

    OracleCase(string path)
    {
        Root = JsonNode.Parse(Lacuna.Sampling.ConfigFields.Quoted(File.ReadAllBytes(path)))!.AsObject();
        values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.ChangeExtension(path, ".bin"))).ToArray();
        foreach (JsonNode? tensor in Root["tensors"]!.AsArray())
        {
            places[(string)tensor!["key"]!] = ((int)tensor["offset"]!, (int)tensor["count"]!);
        }
    }

    public JsonObject Root { get; }

    public string Class => (string)Root["class"]!;

    public int Count => places.Values.First().Count;

    public JsonArray Steps => Root["steps"]!.AsArray();

    /// <summary>The names of the trajectories of a source, in order; of one class, or of all but one, where these are given.</summary>
    public static IEnumerable<string> Names(string source, string? only = null, string? but = null) =>
        !Directory.Exists(Oracle.Folder) ? [] : Directory.EnumerateFiles(Oracle.Folder, "*.json").Order(StringComparer.Ordinal)
            .Where(file => JsonDocument.Parse(Lacuna.Sampling.ConfigFields.Quoted(File.ReadAllBytes(file))).RootElement
                    is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("source", out JsonElement named) && named.ValueEquals(source)
                && root.TryGetProperty("class", out JsonElement kind)
                && (only is null || kind.ValueEquals(only)) && (but is null || !kind.ValueEquals(but)))
            .Select(file => Path.GetFileNameWithoutExtension(file));

    public static OracleCase Load(string name) => new(Path.Combine(Oracle.Folder, name + ".json"));

    public bool Has(string key) => places.ContainsKey(key);

    public float[] Tensor(string key) => values.AsSpan(places[key].Offset, places[key].Count).ToArray();

    /// <summary>A step's number; 0 where the step has none of that name.</summary>
    public double Keyword(string name, double otherwise = 0) => Number(Root["step_kwargs"]?[name], otherwise);

    public static double Number(JsonNode? node, double otherwise) => node is null ? otherwise
        : node.GetValueKind() == JsonValueKind.String ? ((string)node! == "inf" ? double.PositiveInfinity : double.NegativeInfinity)
        : (double)node!;

    /// <summary>The greatest magnitude.</summary>
    public static double Greatest(ReadOnlySpan<float> values)
    {
        double most = 0;
        foreach (float value in values)
        {
            most = Math.Max(most, Math.Abs(value));
        }

        return most;
    }

    /// <summary>The greatest difference over the greatest magnitude.</summary>
    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
            if (double.IsNaN(expected[i] - actual[i]))
            {
                return double.NaN;
            }
        }

        return difference / Greatest(expected);
    }
}

/// <summary>A theory over the stored trajectories, which is said to be skipped where there are none of its kind.</summary>
sealed class OracleTheoryAttribute : TheoryAttribute
{
    /// <param name="source">The project whose trajectories are meant.</param>
    /// <param name="runsFree">Whether the test asks the denoiser that they were made with, which lies beside them.</param>
    /// <param name="only">The one class that is meant.</param>
    /// <param name="but">A class that is not meant.</param>
    public OracleTheoryAttribute(string source, bool runsFree = false, string? only = null, string? but = null) =>
        Skip = !Directory.Exists(Oracle.Folder) ? $"{Oracle.Folder} is missing: set LACUNA_ORACLE."
            : !OracleCase.Names(source, only, but).Any() ? $"{Oracle.Folder} has no trajectory of {only ?? source}."
            : runsFree && !GaussianMixture.IsIn(Oracle.Folder) ? $"{Oracle.Folder} lacks {GaussianMixture.FileName}."
            : null;
}
