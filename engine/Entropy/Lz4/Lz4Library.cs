using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Entropy;

/// <summary>The functions of the LZ4 library, version 1.8 or later: linked into native builds, the system's otherwise.</summary>
/// <remarks>Source: lz4.h, lz4hc.h and lz4frame.h of LZ4 1.9.4. docs/building.md, "LZ4", tells how it is linked.</remarks>
static unsafe partial class Lz4Library
{
    const string Name = "lz4";

    /// <summary>LZ4F_VERSION.</summary>
    const uint FrameVersion = 100;

    static Lz4Library()
    {
        // A native build has bound the functions already and never asks.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            NativeLibrary.SetDllImportResolver(typeof(Lz4Library).Assembly, Resolve);
        }

        IsAvailable = TryCall();
    }

    /// <summary>Whether the functions can be called.</summary>
    public static bool IsAvailable { get; }

    [LibraryImport(Name, EntryPoint = "LZ4_versionNumber")]
    private static partial int VersionNumber();

    [LibraryImport(Name, EntryPoint = "LZ4_compress_default")]
    public static partial int CompressDefault(byte* source, byte* destination, int sourceBytes, int capacity);

    [LibraryImport(Name, EntryPoint = "LZ4_compress_HC")]
    public static partial int CompressHigh(byte* source, byte* destination, int sourceBytes, int capacity, int level);

    [LibraryImport(Name, EntryPoint = "LZ4_decompress_safe")]
    public static partial int Decompress(byte* source, byte* destination, int sourceBytes, int capacity);

    [LibraryImport(Name, EntryPoint = "LZ4F_compressFrame")]
    public static partial nuint CompressFrame(
        byte* destination, nuint capacity, byte* source, nuint sourceBytes, Lz4FramePreferences* preferences);

    [LibraryImport(Name, EntryPoint = "LZ4F_decompress")]
    public static partial nuint DecompressFrame(
        nint context, byte* destination, nuint* destinationBytes, byte* source, nuint* sourceBytes, void* options);

    [LibraryImport(Name, EntryPoint = "LZ4F_freeDecompressionContext")]
    public static partial nuint FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "LZ4F_isError")]
    private static partial uint IsErrorCode(nuint code);

    [LibraryImport(Name, EntryPoint = "LZ4F_createDecompressionContext")]
    private static partial nuint CreateContext(nint* context, uint version);

    /// <summary>Whether a size that a frame function gave is an error code.</summary>
    public static bool IsError(nuint size) => IsErrorCode(size) != 0;

    /// <summary>Makes what <see cref="DecompressFrame"/> needs, to be given to <see cref="FreeContext"/>.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public static nint CreateContext()
    {
        nint context;
        return IsError(CreateContext(&context, FrameVersion)) ? throw new InsufficientMemoryException() : context;
    }

    static bool TryCall()
    {
        try
        {
            return VersionNumber() >= 10800;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Takes the library's runtime name: the plain one is there only where the development package is.</summary>
    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string file = OperatingSystem.IsWindows() ? "liblz4.dll" : OperatingSystem.IsMacOS() ? "liblz4.1.dylib" : "liblz4.so.1";
        return name == Name && NativeLibrary.TryLoad(file, assembly, path, out nint library) ? library : 0;
    }
}

/// <summary>LZ4F_preferences_t.</summary>
[StructLayout(LayoutKind.Sequential)]
struct Lz4FramePreferences
{
    public int BlockSizeId;
    public int BlockIndependent;
    public int ContentChecksum;
    public int FrameType;
    public ulong ContentSize;
    public uint DictionaryId;
    public int BlockChecksum;
    public int CompressionLevel;
    public uint AutoFlush;
    public uint FavorDecompressionSpeed;
    public uint Reserved0;
    public uint Reserved1;
    public uint Reserved2;
}
