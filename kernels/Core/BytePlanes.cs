using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lacuna.Kernels;

/// <summary>Tables of 256 entries as planes of bytes, which AVX-512 VBMI looks up in registers for 64 lanes at a time.</summary>
static unsafe class BytePlanes
{
    /// <summary>Bytes of a plane, and entries of a table.</summary>
    public const int Bytes = 256;

    /// <summary>Takes the first bytes of 64-bit entries apart.</summary>
    /// <param name="entries">Shape [256].</param>
    /// <param name="planes">Shape [<paramref name="count"/>, 256]; aligned to 64 bytes.</param>
    /// <param name="count">Planes, 1 to 8: bytes of each entry from the lowest.</param>
    public static void Make(ulong* entries, byte* planes, int count)
    {
        for (int i = 0; i < Bytes; i += Vector512<ulong>.Count)
        {
            Vector512<ulong> eight = Vector512.Load(entries + i);
            for (int plane = 0; plane < count; plane++)
            {
                Avx512F.ConvertToVector128Byte(eight).GetLower().Store(planes + (Bytes * plane) + i);
                eight >>>= 8;
            }
        }
    }

    /// <summary>The indices whose entries lie in the upper half of a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> InUpper(Vector512<byte> indices) =>
        Vector512.GreaterThanOrEqual(indices, Vector512.Create((byte)128));

    /// <summary>Looks up a byte for each index.</summary>
    /// <param name="plane">Shape [256].</param>
    /// <param name="indices">Where to look.</param>
    /// <param name="inUpper"><see cref="InUpper"/> of the indices.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LookUp(byte* plane, Vector512<byte> indices, Vector512<byte> inUpper) => Vector512.ConditionalSelect(
        inUpper,
        Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(plane + 128), indices, Vector512.LoadAligned(plane + 192)),
        Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(plane), indices, Vector512.LoadAligned(plane + 64)));
}
