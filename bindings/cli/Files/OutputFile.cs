using System.Security.Cryptography;
using System.Text;

namespace Lacuna.Cli.Files;

/// <summary>
/// A file being written: beside its name first, and under its name once it is whole, so that a failure leaves nothing
/// half-written. Devices, pipes and standard output are written directly.
/// </summary>
/// <remarks>Opened before the work begins, so that a path that cannot be written is found then.</remarks>
sealed class OutputFile : IDisposable
{
    /// <summary>A file name longer than this in UTF-8 is cut in the name beside it, which must stay within 255 bytes.</summary>
    const int MaxNameBytes = 200;

    static readonly Lock Gate = new();
    static readonly HashSet<string> Pending = [];

    readonly string _path;
    readonly string _target;
    readonly string? _beside;
    readonly bool _ownsStream;
    bool _closed;

    OutputFile(string path, string target, string? beside, Stream stream, bool ownsStream) =>
        (_path, _target, _beside, Stream, _ownsStream) = (path, target, beside, stream, ownsStream);

    /// <summary>Receives the bytes.</summary>
    public Stream Stream { get; }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">Name of the file, or <c>-</c>.</param>
    /// <param name="standardOutput">What <c>-</c> stands for.</param>
    /// <exception cref="FileFault">It cannot be written.</exception>
    public static OutputFile Open(string path, Stream standardOutput)
    {
        if (path == "-")
        {
            return new OutputFile(path, path, null, standardOutput, ownsStream: false);
        }

        try
        {
            if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            {
                throw new FileFault(path, "is a folder, not a file");
            }

            return FileKind.IsSpecial(path)
                ? new OutputFile(path, path, null, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), true)
                : OpenBeside(path);
        }
        catch (Exception error) when (FileFault.IsFileTrouble(error) || error is ArgumentException)
        {
            throw new FileFault(path, $"cannot be written: {FileFault.Describe(error)}");
        }
    }

    /// <summary>Writes the contents.</summary>
    /// <param name="write">Receives <see cref="Stream"/>.</param>
    /// <exception cref="FileFault">The device is full, or fails.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(Stream);
            Stream.Flush();
        }
        catch (Exception error) when (FileFault.IsFileTrouble(error))
        {
            throw Fault(error);
        }
    }

    /// <summary>Makes the file whole: from now on it is there under its name.</summary>
    /// <exception cref="FileFault">The device is full, or fails.</exception>
    public void Commit()
    {
        try
        {
            Stream.Flush();
            if (_beside is not null)
            {
                ((FileStream)Stream).Flush(flushToDisk: true);
                Stream.Dispose();
                lock (Gate)
                {
                    File.Move(_beside, _target, overwrite: true);
                    Pending.Remove(_beside);
                    _closed = true;
                }
            }
        }
        catch (Exception error) when (FileFault.IsFileTrouble(error))
        {
            throw Fault(error);
        }
    }

    /// <summary>Closes the file, and removes it unless it was committed.</summary>
    public void Dispose()
    {
        if (_closed || !_ownsStream)
        {
            return;
        }

        _closed = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The failure was told when it was written.
        }

        if (_beside is not null)
        {
            lock (Gate)
            {
                TryDelete(_beside);
                Pending.Remove(_beside);
            }
        }
    }

    /// <summary>Removes what is half-written, for a process that is about to end. Nothing is committed from then on.</summary>
    public static void RemovePending()
    {
        Gate.Enter();
        foreach (string beside in Pending)
        {
            TryDelete(beside);
        }
    }

    static OutputFile OpenBeside(string path)
    {
        string target = new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        bool exists = File.Exists(target);
        if (exists)
        {
            // Renaming asks leave of the folder alone; a file that is protected against writing is to stay as it is.
            File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }

        string folder = Path.GetDirectoryName(target)!;
        string beside = Path.Combine(folder, $".{Shortened(Path.GetFileName(target))}.tmp-{RandomNumberGenerator.GetHexString(8, true)}");
        lock (Gate)
        {
            var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            Pending.Add(beside);
            if (exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
            }

            return new OutputFile(path, target, beside, stream, ownsStream: true);
        }
    }

    static string Shortened(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            name = name[..^1];
        }

        return name;
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (FileFault.IsFileTrouble(error))
        {
            // It cannot be removed by a process that may write here: nothing is left to try.
        }
    }

    FileFault Fault(Exception error) => new(_path, $"cannot be written: {FileFault.Describe(error)}", "standard output");
}
