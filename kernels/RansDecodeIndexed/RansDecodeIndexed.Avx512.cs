using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>32 lanes a vector.</summary>
    static int By32Lanes(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols) =>
        Planes<WordLanes512, Fetch512, Vector512<ushort>>(tables, indices, states, firstLane, words, symbols);
}
