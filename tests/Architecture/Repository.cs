using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lacuna.Tests.Architecture;

/// <summary>The source tree that the tests were built from.</summary>
static partial class Repository
{
    /// <summary>Folders of code, lowest layer first.</summary>
    public static readonly string[] Layers = ["kernels", "engine", "interop", "bindings", "perf", "tests"];

    static readonly string[] Outputs = ["artifacts", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files under a folder, relative to the root, with forward slashes; build outputs left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string path = Path.Combine(Root, folder);
        return !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Intersect(Outputs).Any())
            .Order(StringComparer.Ordinal);
    }

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>A source file's code alone: comments are dropped and the contents of strings emptied.</summary>
    public static string Code(string file) =>
        CommentOrString().Replace(
            File.ReadAllText(Path.Combine(Root, file)),
            match => match.Value[0] == '/' ? " " : "\"\"");

    static string FindRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    [GeneratedRegex("""
        "{3}[\s\S]*?"{3} | @"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | //[^\n]* | /\*[\s\S]*?\*/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}
