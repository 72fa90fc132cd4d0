using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>16 lanes a vector.</summary>
    static int By16Lanes(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols) =>
        Planes<WordLanes256, Fetch256, Vector256<ushort>>(tables, indices, states, firstLane, words, symbols);
}
