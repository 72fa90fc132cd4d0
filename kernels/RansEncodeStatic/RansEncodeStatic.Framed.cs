namespace Lacuna.Kernels;

public static partial class RansEncodeStatic
{
    /// <summary>A loop over whole groups, the last first: a symbol of every lane, lane 0 at the beginning.</summary>
    interface IGroups
    {
        /// <summary>Whether the loop serves this number of lanes.</summary>
        static abstract bool Takes(int lanes);

        /// <summary>Encodes groups.</summary>
        /// <param name="entries">Shape [256].</param>
        /// <param name="slots">Shape [65536].</param>
        /// <param name="symbols">Whole groups.</param>
        /// <param name="states">One state a lane; updated.</param>
        /// <param name="words">Filled from its end; at least 2 bytes a symbol.</param>
        /// <returns>Bytes of words written.</returns>
        static abstract int Encode(
            ReadOnlySpan<ulong> entries, ReadOnlySpan<ushort> slots, ReadOnlySpan<byte> symbols, Span<uint> states, Span<byte> words);
    }

    /// <summary>Symbols after the last whole group and before the first by the reference, the others by the loop.</summary>
    static int Framed<TGroups>(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words)
        where TGroups : IGroups
    {
        int lanes = states.Length;
        int head = Math.Min((lanes - firstLane) % lanes, symbols.Length);
        int grouped = (symbols.Length - head) / lanes * lanes;
        if (!TGroups.Takes(lanes) || grouped == 0)
        {
            return Scalar(entries, slots, symbols, states, firstLane, words);
        }

        int written = Scalar(entries, slots, symbols[(head + grouped)..], states, 0, words);
        written += TGroups.Encode(entries, slots, symbols.Slice(head, grouped), states, words[..^written]);
        return written + Scalar(entries, slots, symbols[..head], states, firstLane, words[..^written]);
    }
}
