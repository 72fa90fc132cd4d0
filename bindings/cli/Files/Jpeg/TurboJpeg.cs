using System.Runtime.InteropServices;

namespace Lacuna.Cli.Files.Jpeg;

/// <summary>The functions of libjpeg-turbo that read a JPEG, found when first asked for.</summary>
/// <remarks>Source: turbojpeg.h of libjpeg-turbo 2 and 3, which agree on these functions.</remarks>
sealed unsafe class TurboJpeg
{
    /// <summary>Pixel format of red, green, blue.</summary>
    public const int PixelRgb = 0;

    /// <summary>Pixel format of grey.</summary>
    public const int PixelGrey = 6;

    /// <summary>Colour space of a grey JPEG.</summary>
    public const int ColourGrey = 2;

    static readonly string[] Names = OperatingSystem.IsWindows() ? ["turbojpeg.dll", "libturbojpeg.dll"]
        : OperatingSystem.IsMacOS() ? ["libturbojpeg.0.dylib", "libturbojpeg.dylib"]
        : ["libturbojpeg.so.0"];

    static readonly Lazy<TurboJpeg?> Shared = new(Load);

    readonly delegate* unmanaged<nint> _create;
    readonly delegate* unmanaged<nint, byte*, CULong, int*, int*, int*, int*, int> _readHeader;
    readonly delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int> _decompress;
    readonly delegate* unmanaged<nint, byte*> _error;
    readonly delegate* unmanaged<nint, int> _errorCode;
    readonly delegate* unmanaged<nint, int> _destroy;

    TurboJpeg(nint library)
    {
        _create = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "tjInitDecompress");
        _readHeader = (delegate* unmanaged<nint, byte*, CULong, int*, int*, int*, int*, int>)
            NativeLibrary.GetExport(library, "tjDecompressHeader3");
        _decompress = (delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int>)
            NativeLibrary.GetExport(library, "tjDecompress2");
        _error = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "tjGetErrorStr2");
        _errorCode = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "tjGetErrorCode");
        _destroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "tjDestroy");
    }

    /// <summary>The library, or null where it is not installed.</summary>
    public static TurboJpeg? Library => Shared.Value;

    /// <summary>Makes a decompressor, to be given to <see cref="Destroy"/>.</summary>
    /// <exception cref="FileFormatException">There is no memory for one.</exception>
    public nint Create()
    {
        nint handle = _create();
        return handle != 0 ? handle : throw new FileFormatException("libjpeg-turbo cannot begin to read it");
    }

    /// <summary>Frees a decompressor.</summary>
    public void Destroy(nint handle) => _ = _destroy(handle);

    /// <summary>Reads size and colour space.</summary>
    /// <exception cref="FileFormatException">The library refuses the file.</exception>
    public (int Width, int Height, int ColourSpace) ReadHeader(nint handle, ReadOnlySpan<byte> file)
    {
        int width, height, subsampling, colourSpace;
        fixed (byte* source = file)
        {
            if (_readHeader(handle, source, new CULong((uint)file.Length), &width, &height, &subsampling, &colourSpace) != 0)
            {
                throw new FileFormatException($"not a JPEG that can be read: {Error(handle)}");
            }
        }

        return (width, height, colourSpace);
    }

    /// <summary>Decompresses a picture. Damage that still lets a whole picture be made is passed over.</summary>
    /// <param name="handle">The decompressor that read the header.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="pixels">Shape [height, width, channels of the pixel format]; filled.</param>
    /// <param name="width">Pixels a row, from the header.</param>
    /// <param name="height">Rows, from the header.</param>
    /// <param name="pixelFormat"><see cref="PixelRgb"/> or <see cref="PixelGrey"/>.</param>
    /// <exception cref="FileFormatException">The file is damaged or ends too soon.</exception>
    public void Decompress(nint handle, ReadOnlySpan<byte> file, Span<byte> pixels, int width, int height, int pixelFormat)
    {
        int result;
        fixed (byte* source = file, destination = pixels)
        {
            result = _decompress(handle, source, new CULong((uint)file.Length), destination, width, 0, height, pixelFormat, 0);
        }

        if (result != 0)
        {
            string error = Error(handle);
            bool warning = _errorCode(handle) == 0;
            if (!warning || error.Contains("Premature end", StringComparison.Ordinal))
            {
                throw new FileFormatException($"the JPEG is damaged: {error}");
            }
        }
    }

    string Error(nint handle) => Marshal.PtrToStringUTF8((nint)_error(handle)) ?? "no reason given";

    static TurboJpeg? Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "tjGetErrorCode", out _))
            {
                return new TurboJpeg(library);
            }
        }

        return null;
    }
}
