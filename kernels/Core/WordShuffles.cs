using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>Byte shuffles that spread the next 16-bit words of a stream over those of 8 lanes that want one.</summary>
/// <remarks>
/// Row <c>mask</c> has 16 bytes: for each lane whose bit is set the two bytes of the next word, for the others 0x80, which a byte
/// shuffle turns into 0.
/// </remarks>
static unsafe class WordShuffles
{
    const int Lanes = 8;
    const byte None = 0x80;

    /// <summary>Shape [256, 16]; aligned to a row, never freed.</summary>
    public static readonly byte* Rows = Make();

    static byte* Make()
    {
        var rows = (byte*)NativeMemory.AlignedAlloc(256 * 2 * Lanes, 64);
        for (int mask = 0; mask < 256; mask++)
        {
            byte word = 0;
            for (int lane = 0; lane < Lanes; lane++)
            {
                bool wanted = (mask >> lane & 1) != 0;
                byte* row = rows + (2 * ((mask * Lanes) + lane));
                row[0] = wanted ? (byte)(2 * word) : None;
                row[1] = wanted ? (byte)((2 * word) + 1) : None;
                word += (byte)(wanted ? 1 : 0);
            }
        }

        return rows;
    }
}
