namespace Lacuna.Kernels;

public static partial class RansDecodeStatic
{
    /// <summary>A loop over whole groups: a symbol of every lane, lane 0 first.</summary>
    interface IGroups
    {
        /// <summary>Whether the loop serves this number of lanes.</summary>
        static abstract bool Takes(int lanes);

        /// <summary>Decodes as many groups as are sure to find their words, with room for the loop to read beyond them.</summary>
        /// <param name="entries">The table.</param>
        /// <param name="states">One state a lane; updated.</param>
        /// <param name="words">At least 2 bytes a lane must be left where a group begins.</param>
        /// <param name="symbols">At least one group.</param>
        /// <param name="decoded">Receives the number of symbols decoded: whole groups.</param>
        /// <returns>Bytes of words read.</returns>
        static abstract int Decode(
            ReadOnlySpan<ulong> entries, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> symbols, out int decoded);
    }

    /// <summary>Symbols before the first whole group and after the last by the reference, the others by the loop.</summary>
    static int Framed<TGroups>(
        ReadOnlySpan<ulong> entries, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<byte> symbols)
        where TGroups : IGroups
    {
        int lanes = states.Length;
        int head = Math.Min((lanes - firstLane) % lanes, symbols.Length);
        if (!TGroups.Takes(lanes) || symbols.Length - head < lanes)
        {
            return Scalar(entries, states, firstLane, words, symbols);
        }

        int at = Scalar(entries, states, firstLane, words, symbols[..head]);
        if (at + (sizeof(ushort) * lanes) <= words.Length)
        {
            at += TGroups.Decode(entries, states, words[at..], symbols[head..], out int decoded);
            head += decoded;
        }

        at += Scalar(entries, states, 0, words[Math.Min(at, words.Length)..], symbols[head..]);
        return Math.Min(at, words.Length + 1);
    }
}
