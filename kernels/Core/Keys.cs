using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>How the keys of entries lie in memory.</summary>
unsafe interface IKeys
{
    /// <summary>The key of a lane.</summary>
    /// <param name="keys">The keys of a vector of lanes.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="lanes">Lanes of the vector.</param>
    static abstract nuint At(byte* keys, int lane, int lanes);
}

/// <summary>Keys that are bytes.</summary>
readonly unsafe struct ByteKeys : IKeys
{
    public static nuint At(byte* keys, int lane, int lanes) => keys[lane];
}

/// <summary>Keys that are the low bytes of words.</summary>
readonly unsafe struct LowByteKeys : IKeys
{
    public static nuint At(byte* keys, int lane, int lanes) => keys[sizeof(ushort) * lane];
}

/// <summary>Keys that are words.</summary>
readonly unsafe struct WordKeys : IKeys
{
    public static nuint At(byte* keys, int lane, int lanes) => ((ushort*)keys)[lane];
}

/// <summary>Keys of 32 bits, unpacked: a vector with the first four of every eight lanes, then one with the others.</summary>
readonly unsafe struct UnpackedKeys : IKeys
{
    public static nuint At(byte* keys, int lane, int lanes) =>
        ((uint*)keys)[((lane & 4) != 0 ? lanes / 2 : 0) + (lane / 8 * 4) + (lane & 3)];

    /// <summary>Stores keys of which the lower and the upper halves are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TWords, TVector>(TVector low, TVector high, byte* keys)
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        TWords.Store(TWords.UnpackLow(low, high), (ushort*)keys);
        TWords.Store(TWords.UnpackHigh(low, high), (ushort*)keys + TWords.Count);
    }
}
