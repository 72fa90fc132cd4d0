using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class RansDecodeStatic
{
    /// <summary>The reference: one symbol after the other.</summary>
    static int Scalar(ReadOnlySpan<ulong> entries, Span<uint> states, int firstLane, ReadOnlySpan<byte> words, Span<byte> symbols)
    {
        int lane = firstLane;
        int at = 0;

        for (int i = 0; i < symbols.Length; i++)
        {
            uint state = states[lane];
            uint bucket = state & 0xFF;
            uint remainder = (state >> 8) & 0xFF;

            ulong entry = entries[(int)bucket];
            bool own = remainder < (byte)entry;
            symbols[i] = own ? (byte)bucket : (byte)(entry >> 8);
            uint rank = own ? remainder : (ushort)(remainder + (uint)(entry >> 16));
            uint frequency = (ushort)(entry >> (own ? 32 : 48));
            state = (frequency * (state >> 16)) + rank;

            if (state < LowerBound && words.Length - at >= sizeof(ushort))
            {
                state = (state << 16) | BinaryPrimitives.ReadUInt16LittleEndian(words[at..]);
                at += sizeof(ushort);
            }
            else if (state < LowerBound)
            {
                at = words.Length + 1;
            }

            states[lane] = state;
            lane = lane + 1 == states.Length ? 0 : lane + 1;
        }

        return at;
    }
}
