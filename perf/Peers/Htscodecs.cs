using System.Runtime.InteropServices;

namespace Lacuna.Perf.Peers;

/// <summary>The rANS and the adaptive coder of htscodecs, if the library is here.</summary>
/// <remarks>Source: htscodecs 1.3, rANS_static4x16.h and arith_dynamic.h. Debian: libhtscodecs2.</remarks>
static unsafe class Htscodecs
{
    /// <summary>RANS_ORDER_X32: 32 lanes, which is what it has vector code for.</summary>
    const int Lanes32 = 4;

    /// <summary>RANS_ORDER_STRIPE with two stripes: every other byte goes to a stream of its own.</summary>
    const int TwoStripes = 8 | 2 << 8;

    static readonly string[] Names = ["libhtscodecs.so.2", "libhts.so.3"];

    /// <summary>rANS 32x16 of order 0; null where the library is not here.</summary>
    public static Coder? Rans => Make("htscodecs rANS 32x16", "rans_compress_to_4x16", "rans_uncompress_to_4x16", Lanes32);

    /// <summary>The same, on both bytes of 16-bit numbers apart.</summary>
    public static Coder? StripedRans =>
        Make("htscodecs rANS 32x16, 2 stripes", "rans_compress_to_4x16", "rans_uncompress_to_4x16", Lanes32 | TwoStripes);

    /// <summary>The adaptive byte coder of order 0.</summary>
    public static Coder? Adaptive => Make("htscodecs arith_dynamic", "arith_compress_to", "arith_uncompress_to", 0);

    static Coder? Make(string name, string compress, string uncompress, int order)
    {
        nint library = 0;
        if (!Array.Exists(Names, file => NativeLibrary.TryLoad(file, out library))
            || !NativeLibrary.TryGetExport(library, compress, out nint encode)
            || !NativeLibrary.TryGetExport(library, uncompress, out nint decode))
        {
            return null;
        }

        return new Coder(
            name,
            (source, destination) =>
            {
                uint written = (uint)destination.Length;
                fixed (byte* from = source, to = destination)
                {
                    var call = (delegate* unmanaged<byte*, uint, byte*, uint*, int, byte*>)encode;
                    return call(from, (uint)source.Length, to, &written, order) != null ? (int)written : throw Failure(name);
                }
            },
            (source, destination) =>
            {
                uint written = (uint)destination.Length;
                fixed (byte* from = source, to = destination)
                {
                    var call = (delegate* unmanaged<byte*, uint, byte*, uint*, byte*>)decode;
                    return call(from, (uint)source.Length, to, &written) != null ? (int)written : throw Failure(name);
                }
            });
    }

    static InvalidOperationException Failure(string name) => new($"{name} failed.");
}
