using System.Runtime.InteropServices;

namespace Lacuna.Interop;

/// <summary>A file in memory, by interop/native/files.c: the runtime's own files and mappings would be 50 KB of the library.</summary>
sealed unsafe partial class MappedFile : IDisposable
{
    const int NoSuchFile = 2, NoAccess = 13, NoFolder = 20, IsFolder = 21;

    /// <summary>Maps a file.</summary>
    /// <param name="path">UTF-8, ending with a zero.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    public MappedFile(byte* path)
    {
        nuint length;
        int error;
        Data = Map(path, &length, &error);
        Length = (long)length;
        if (Data == null)
        {
            throw Fault(Marshal.PtrToStringUTF8((nint)path)!, error);
        }
    }

    /// <summary>The first byte.</summary>
    public byte* Data { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public void Dispose() => Unmap(Data, (nuint)Length);

    static Exception Fault(string path, int error) => error switch
    {
        0 => new InvalidDataException("The file is empty."),
        NoSuchFile or NoFolder => new FileNotFoundException($"Could not find file '{path}'."),
        NoAccess or IsFolder => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'"),
    };

    [LibraryImport("lacuna_native", EntryPoint = "lac__map_file")]
    private static partial byte* Map(byte* path, nuint* length, int* error);

    [LibraryImport("lacuna_native", EntryPoint = "lac__unmap_file")]
    private static partial void Unmap(byte* data, nuint length);
}
