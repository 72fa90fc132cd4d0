namespace Lacuna.Kernels;

public static partial class RansDecodeStatic
{
    /// <summary>Symbols that are decoded at a time where words may run out among them.</summary>
    const int LastSymbols = 1 << 13;

    /// <summary>A loop over whole groups: a symbol of every lane, lane 0 first.</summary>
    interface IGroups
    {
        /// <summary>Whether the loop serves this number of lanes.</summary>
        static abstract bool Takes(int lanes);

        /// <summary>Decodes as many groups as are sure to find their words, with room for the loop to read beyond them.</summary>
        /// <param name="entries">The table.</param>
        /// <param name="states">One state a lane; updated.</param>
        /// <param name="words">At least 2 bytes a lane must be left where a group begins.</param>
        /// <param name="symbols">At least one group, and then as many as there is room for.</param>
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
        int done = Math.Min((lanes - firstLane) % lanes, symbols.Length);
        if (!TGroups.Takes(lanes) || symbols.Length - done < lanes)
        {
            return Scalar(entries, states, firstLane, words, symbols);
        }

        int at = Scalar(entries, states, firstLane, words, symbols[..done]);
        if (at + (sizeof(ushort) * lanes) <= words.Length)
        {
            at += TGroups.Decode(entries, states, words[at..], symbols[done..], out int decoded);
            done += decoded;
        }

        if (at <= words.Length)
        {
            at += Last<TGroups>(entries, states, words[at..], symbols[done..], out int decoded);
            done += decoded;
        }

        at += Scalar(entries, states, 0, words[Math.Min(at, words.Length)..], symbols[done..]);
        return Math.Min(at, words.Length + 1);
    }

    /// <summary>Whole groups at the end of the words, which lie in a copy with room behind it.</summary>
    /// <remarks>States hold 16 bits to the end, so these can be many: where a symbol takes little, more than came before.</remarks>
    static int Last<TGroups>(
        ReadOnlySpan<ulong> entries, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> symbols, out int decoded)
        where TGroups : IGroups
    {
        int lanes = states.Length;
        int room = sizeof(ushort) * lanes;
        Span<byte> padded = stackalloc byte[2 * sizeof(ushort) * LanePlanes.MaxLanes];
        Span<uint> before = stackalloc uint[LanePlanes.MaxLanes];
        int at = 0;
        for (decoded = 0; symbols.Length - decoded >= lanes && words.Length - at < room;)
        {
            ReadOnlySpan<byte> rest = words[at..(words.Length & ~1)];
            padded.Clear();
            rest.CopyTo(padded);
            states.CopyTo(before);
            Span<byte> some = symbols[decoded..Math.Min(symbols.Length, decoded + Math.Max(lanes, LastSymbols))];
            int read = TGroups.Decode(entries, states, padded[..(rest.Length + room)], some, out int count);
            if (read > rest.Length)
            {
                // Words were wanted and none was left, somewhere among these.
                before[..lanes].CopyTo(states);
                break;
            }

            at += read;
            decoded += count;
        }

        return at;
    }
}
