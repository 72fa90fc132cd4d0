using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class RansDecodeIndexed
{
    /// <summary>The reference: one symbol after the other.</summary>
    static int Scalar(
        in Tables tables, TableIndices indices, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<short> symbols)
    {
        ReadOnlySpan<ulong> entries = tables.Entries;
        ReadOnlySpan<byte> shifts = tables.Shifts;
        int lane = firstLane;
        int at = 0;

        for (int i = 0; i < indices.Length; i++)
        {
            int table = indices[i];
            uint state = states[lane];
            uint bucket = state & 0xFF;
            uint remainder = (state >> 8) & 0xFF;

            ulong entry = entries[(table << 8) | (int)bucket];
            bool own = remainder < (byte)entry;
            uint code = own ? bucket : (byte)(entry >> 8);
            uint rank = own ? remainder : (ushort)(remainder + (uint)(entry >> 16));
            uint frequency = (ushort)(entry >> (own ? 32 : 48));

            if (code == EscapeCode)
            {
                state = Refill((frequency * (state >> 16)) + rank, words, ref at);
                symbols[i] = (short)state;
                state = Refill(state >> 16, words, ref at);
            }
            else
            {
                int shift = shifts[table] & 7;
                symbols[i] = (short)(((sbyte)code << shift) | (int)(rank & ((1u << shift) - 1)));
                state = Refill((frequency * (state >> 16)) + (rank >> shift), words, ref at);
            }

            states[lane] = state;
            lane = lane + 1 == states.Length ? 0 : lane + 1;
        }

        return at;
    }

    static uint Refill(uint state, ReadOnlySpan<byte> words, ref int at)
    {
        if (state >= LowerBound)
        {
            return state;
        }

        if (words.Length - at < 2)
        {
            at = words.Length + 1;
            return state;
        }

        uint word = BinaryPrimitives.ReadUInt16LittleEndian(words[at..]);
        at += 2;
        return (state << 16) | word;
    }
}
