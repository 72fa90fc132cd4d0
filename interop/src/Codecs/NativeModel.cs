using Lacuna.Codecs.Images.Model;

namespace Lacuna.Interop;

/// <summary>What a lac_model is. The handle, and each decoder and encoder that uses it, count as users; the last one closes it.</summary>
sealed unsafe class NativeModel : IDisposable
{
    readonly MappedFile? mapped;
    int users = 1;

    NativeModel(ImageModel model, MappedFile? mapped) => (Model, this.mapped) = (model, mapped);

    public ImageModel Model { get; }

    public static NativeModel Default() => new(ImageModel.Default, null);

    /// <summary>Opens a model in the caller's memory.</summary>
    /// <exception cref="InvalidDataException">It is no model; the message says why.</exception>
    public static NativeModel Open(byte* data, nuint length) => new(Read(data, checked((long)length)), null);

    /// <summary>Maps a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no model; the message says why.</exception>
    public static NativeModel Open(byte* path)
    {
        var mapped = new MappedFile(path);
        try
        {
            return new NativeModel(Read(mapped.Data, mapped.Length), mapped);
        }
        catch
        {
            mapped.Dispose();
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
            mapped?.Dispose();
        }
    }

    static ImageModel Read(byte* data, long length) =>
        ImageModel.TryOpen(data, length, out ImageModel? model, out string? problem)
            ? model!
            : throw new InvalidDataException(problem);
}
