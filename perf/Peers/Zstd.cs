using System.Runtime.InteropServices;

namespace Lacuna.Perf.Peers;

/// <summary>Zstandard at its fastest level, if the library is here: on bytes without repeats it is a Huffman coder.</summary>
/// <remarks>Source: zstd.h 1.5. Debian: libzstd1.</remarks>
static unsafe class Zstd
{
    const int Level = 1;

    /// <summary>The coder; null where the library is not here.</summary>
    public static Coder? Fastest
    {
        get
        {
            if (!NativeLibrary.TryLoad("libzstd.so.1", out nint library))
            {
                return null;
            }

            nint encoder = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createCCtx"))();
            nint decoder = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createDCtx"))();
            nint compress = NativeLibrary.GetExport(library, "ZSTD_compressCCtx");
            nint decompress = NativeLibrary.GetExport(library, "ZSTD_decompressDCtx");
            nint isError = NativeLibrary.GetExport(library, "ZSTD_isError");
            return new Coder(
                $"zstd -{Level}",
                (source, destination) =>
                {
                    fixed (byte* from = source, to = destination)
                    {
                        var call = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint>)compress;
                        return Size(isError, call(encoder, to, (nuint)destination.Length, from, (nuint)source.Length, Level));
                    }
                },
                (source, destination) =>
                {
                    fixed (byte* from = source, to = destination)
                    {
                        var call = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)decompress;
                        return Size(isError, call(decoder, to, (nuint)destination.Length, from, (nuint)source.Length));
                    }
                });
        }
    }

    static int Size(nint isError, nuint size) =>
        ((delegate* unmanaged<nuint, uint>)isError)(size) == 0 ? (int)size : throw new InvalidOperationException("zstd failed.");
}
