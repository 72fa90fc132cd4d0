using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>Byte shuffles that move 16-bit words by a mask of eight of them, for processors without expand and compress.</summary>
/// <remarks>Read the pointers before a loop: the first use of either runs this type's initialisation.</remarks>
static unsafe class WordMasks
{
    /// <summary>Bytes of one shuffle.</summary>
    public const int Bytes = 16;

    const int Masks = 256;
    const int Words = 8;
    const byte Zero = 0x80;

    static readonly List<byte[]> Kept = [];

    /// <summary>Shape [256, 16]: puts the first words, in order, where the mask has a bit, and 0 elsewhere.</summary>
    public static readonly byte* Spread = Make(SourceOfSpread);

    /// <summary>Shape [256, 16]: puts the words that have a bit in the mask, in order, at the end, and 0 before them.</summary>
    public static readonly byte* Gather = Make(SourceOfGather);

    static byte* Make(Func<int, int, int> sourceOf)
    {
        byte[] shuffles = GC.AllocateUninitializedArray<byte>((Masks + 1) * Bytes, pinned: true);
        byte* first = (byte*)(((nuint)Unsafe.AsPointer(ref shuffles[0]) + Bytes - 1) / Bytes * Bytes);
        Kept.Add(shuffles);
        for (int mask = 0; mask < Masks; mask++)
        for (int word = 0; word < Words; word++)
        {
            int source = sourceOf(mask, word);
            byte* shuffle = first + (Bytes * mask) + (2 * word);
            shuffle[0] = source < 0 ? Zero : (byte)(2 * source);
            shuffle[1] = source < 0 ? Zero : (byte)((2 * source) + 1);
        }

        return first;
    }

    static int SourceOfSpread(int mask, int word) =>
        (mask >> word & 1) == 0 ? -1 : int.PopCount(mask & ((1 << word) - 1));

    static int SourceOfGather(int mask, int word)
    {
        int fromEnd = Words - 1 - word;
        for (int source = Words - 1; source >= 0; source--)
        {
            if ((mask >> source & 1) != 0 && fromEnd-- == 0)
            {
                return source;
            }
        }

        return -1;
    }
}
