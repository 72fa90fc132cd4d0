using System.IO.MemoryMappedFiles;
using Lacuna.Codecs.Images.Model;
using Microsoft.Win32.SafeHandles;

namespace Lacuna.Interop;

/// <summary>What a lac_model is. The handle, and each decoder and encoder that uses it, count as users; the last one closes it.</summary>
sealed unsafe class NativeModel : IDisposable
{
    readonly SafeMemoryMappedViewHandle? mapped;
    int users = 1;

    NativeModel(ImageModel model, SafeMemoryMappedViewHandle? mapped) => (Model, this.mapped) = (model, mapped);

    public ImageModel Model { get; }

    public static NativeModel Default() => new(ImageModel.Default, null);

    /// <summary>Opens a model in the caller's memory.</summary>
    /// <exception cref="InvalidDataException">It is no model; the message says why.</exception>
    public static NativeModel Open(byte* data, nuint length) => new(Read(data, checked((long)length)), null);

    /// <summary>Maps a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no model; the message says why.</exception>
    public static NativeModel Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length = stream.Length;
        if (length == 0)
        {
            throw new InvalidDataException("The file is empty.");
        }

        using var file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        SafeMemoryMappedViewHandle handle = view.SafeMemoryMappedViewHandle;
        byte* data = null;
        handle.AcquirePointer(ref data); // keeps the mapping beyond the view's own life
        try
        {
            return new NativeModel(Read(data, length), handle);
        }
        catch
        {
            handle.ReleasePointer();
            throw;
        }
    }

    /// <summary>Counts a decoder or an encoder.</summary>
    public NativeModel Use()
    {
        Interlocked.Increment(ref users);
        return this;
    }

    /// <summary>Takes a user away.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            mapped?.ReleasePointer();
        }
    }

    static ImageModel Read(byte* data, long length) =>
        ImageModel.TryOpen(data, length, out ImageModel? model, out string? problem)
            ? model!
            : throw new InvalidDataException(problem);
}
