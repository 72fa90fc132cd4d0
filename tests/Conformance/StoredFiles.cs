using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Conformance;

/// <summary>Files that tests keep in the repository, and the one switch that makes them anew.</summary>
static class StoredFiles
{
    /// <summary>Whether this run writes the conformance vectors and the fuzz corpus first: <c>LACUNA_WRITE_VECTORS=1</c>.</summary>
    public static bool Writing { get; } = Environment.GetEnvironmentVariable("LACUNA_WRITE_VECTORS") == "1";

    /// <summary>A folder's full path, from its path under tests/.</summary>
    public static string Folder(params string[] path) => Path.Combine([Repository.Root, "tests", .. path]);

    /// <summary>Replaces the files of a folder that a pattern names.</summary>
    public static void Replace(string folder, string pattern, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder, pattern))
        {
            File.Delete(old);
        }

        foreach ((string name, byte[] bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
