namespace Lacuna.Cli.Files;

/// <summary>A file cannot be read or written, or its contents are at fault. The message names the file and the fault.</summary>
sealed class FileFault : Exception
{
    /// <summary>Names the file and the fault.</summary>
    /// <param name="path">The file as the user wrote it; <c>-</c> for a standard stream.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="standardStream">What <c>-</c> stands for.</param>
    public FileFault(string path, string fault, string standardStream = "standard input")
        : base($"{(path == "-" ? standardStream : path)}: {fault}")
    {
    }

    /// <summary>Whether an exception tells of the file system, and not of a mistake in the program.</summary>
    public static bool IsFileTrouble(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>The fault that an exception of the file system tells of, in a few words.</summary>
    public static string Describe(Exception error) => error switch
    {
        FileNotFoundException => "no such file",
        DirectoryNotFoundException => "no such folder",
        PathTooLongException => "the name is too long",
        UnauthorizedAccessException => "permission denied",
        IOException when error.HResult == NoSpace && OperatingSystem.IsLinux() => "no space left on the device",
        _ => error.Message,
    };

    /// <summary>ENOSPC of Linux.</summary>
    const int NoSpace = 28;
}
