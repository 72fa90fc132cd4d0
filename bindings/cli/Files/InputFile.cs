namespace Lacuna.Cli.Files;

/// <summary>Reads a whole file, or standard input for <c>-</c>, into memory.</summary>
static class InputFile
{
    /// <summary>Longer files are refused: four bytes for each of 2^28 pixels, and some for headers.</summary>
    public const long MaxLength = (1L << 30) + (1L << 20);

    const int Step = 1 << 16;

    /// <summary>Reads all bytes.</summary>
    /// <param name="path">Name of the file, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <exception cref="FileFault">The file cannot be read, or is too long.</exception>
    public static ReadOnlyMemory<byte> Read(string path, Stream standardInput)
    {
        try
        {
            if (path == "-")
            {
                return ReadToEnd(path, standardInput);
            }

            if (Directory.Exists(path))
            {
                throw new FileFault(path, "is a folder, not a file");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            return ReadToEnd(path, file);
        }
        catch (Exception error) when (FileFault.IsFileTrouble(error))
        {
            throw new FileFault(path, FileFault.Describe(error));
        }
    }

    static ReadOnlyMemory<byte> ReadToEnd(string path, Stream file)
    {
        long length = file.CanSeek ? file.Length : 0;
        CheckLength(path, length);
        byte[] buffer = new byte[(int)length + 1];
        int count = 0;
        while (true)
        {
            int read = file.Read(buffer, count, buffer.Length - count);
            if (read == 0)
            {
                return buffer.AsMemory(0, count);
            }

            count += read;
            CheckLength(path, count);
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(2L * count, Step), MaxLength + 1));
            }
        }
    }

    static void CheckLength(string path, long length)
    {
        if (length > MaxLength)
        {
            throw new FileFault(path, $"is longer than the {MaxLength} bytes that are read of a file");
        }
    }
}
