namespace Lacuna.Perf;

/// <summary>Where the programs of perf/ find and leave their files.</summary>
static class Repository
{
    /// <summary>The folder of Engine.sln above the working folder, or else above the program; else the working folder.</summary>
    public static string Root { get; } =
        Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory) ?? Directory.GetCurrentDirectory();

    /// <summary>The sample picture that the project made itself.</summary>
    public static string SamplePicture => Path.Combine(Root, "bindings", "examples", "pictures", "sample.png");

    static string? Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Engine.sln")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
