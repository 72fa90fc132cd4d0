using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class RansDecodeIndexed
{
    /// <summary>8 lanes a vector, on x86-64.</summary>
    static int By8Lanes(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols) =>
        Isa.HasSse41
            ? Planes<WordLanes128, Fetch128, Vector128<ushort>>(tables, indices, states, firstLane, words, symbols)
            : Scalar(tables, indices, states, firstLane, words, symbols);
}
