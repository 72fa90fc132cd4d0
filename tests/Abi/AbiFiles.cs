using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lacuna.Tests.Abi;

/// <summary>The contract of the C library as files: interop/abi and interop/include.</summary>
static class AbiFiles
{
    public static string[] Exports => File.ReadAllLines(Path.Combine(Interop(), "abi", "exports.txt"));

    /// <summary>Lines of interop/abi/layout.txt that begin so, without that beginning, and their numbers.</summary>
    public static Dictionary<string, long> Layout(string beginning) =>
        File.ReadLines(Path.Combine(Interop(), "abi", "layout.txt"))
            .Where(line => line.StartsWith(beginning, StringComparison.Ordinal))
            .Select(line => line[beginning.Length..].Split(' '))
            .ToDictionary(words => words[0], words => long.Parse(words[1]));

    /// <summary>The exports that are C functions of interop/native.</summary>
    public static IEnumerable<string> NativeExports =>
        Directory.GetFiles(Path.Combine(Interop(), "native"), "*.c")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^[a-z0-9_]+ (lac_[a-z][a-z0-9_]*)\([^;]*$", RegexOptions.Multiline))
            .Select(match => match.Groups[1].Value)
            .Distinct();

    /// <summary>All headers, one after the other.</summary>
    public static string Headers =>
        string.Concat(Directory.GetFiles(Path.Combine(Interop(), "include", "lacuna"), "*.h").Select(File.ReadAllText));

    static string Interop([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "interop"));
}
