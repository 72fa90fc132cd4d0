namespace Lacuna.Tests.Cli;

/// <summary>A folder of a test's own, removed with all it holds.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lacuna-test-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of all files in it, hidden ones included.</summary>
    public IEnumerable<string?> Names => Directory.EnumerateFileSystemEntries(Path).Select(System.IO.Path.GetFileName).Order();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
