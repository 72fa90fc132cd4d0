using System.Buffers.Binary;
using System.Numerics;

namespace Lacuna.Kernels;

public static partial class RansEncodeIndexed
{
    const int EscapeCode = RansDecodeIndexed.EscapeCode;

    /// <summary>The reference: one symbol before the other.</summary>
    static int Scalar(
        in Tables tables, TableIndices indices, ReadOnlySpan<short> symbols, Span<uint> states, int firstLane, Span<byte> words)
    {
        int at = words.Length;
        int lane = (int)((firstLane + (long)symbols.Length) % states.Length);

        for (int i = symbols.Length - 1; i >= 0; i--)
        {
            lane = lane == 0 ? states.Length - 1 : lane - 1;
            int table = indices[i];
            int shift = tables.Shifts[table] & 7;
            int code = symbols[i] >> shift;
            uint low = (uint)symbols[i] & ((1u << shift) - 1);
            uint state = states[lane];

            ulong symbol = (uint)(code + 127) < 255 ? tables.Symbols[(table << 8) | (byte)code] : 0;
            if ((ushort)symbol == 0)
            {
                state = (Spill(state, 1, words, ref at) << 16) | (ushort)symbols[i];
                symbol = tables.Symbols[(table << 8) | EscapeCode];
                (shift, low) = (0, 0);
            }

            uint frequency = (ushort)symbol;
            state = Spill(state, frequency, words, ref at);
            (uint quotient, uint remainder) = Math.DivRem(state, frequency);
            var position = (ushort)((uint)(symbol >> 16) + ((remainder << shift) | low));
            states[lane] = (quotient << 16) | Slot(tables, table, position);
        }

        return words.Length - at;
    }

    /// <summary>Writes the low word of a state that coding a symbol of this frequency would carry past 32 bits.</summary>
    static uint Spill(uint state, uint frequency, Span<byte> words, ref int at)
    {
        if (state >> 16 < frequency)
        {
            return state;
        }

        at -= 2;
        BinaryPrimitives.WriteUInt16LittleEndian(words[at..], (ushort)state);
        return state >> 16;
    }

    static uint Slot(in Tables tables, int table, int position)
    {
        ulong chunk = tables.Chunks[(table * Chunks) + (position / ChunkPositions)];
        int begun = BitOperations.PopCount((uint)chunk << (ChunkPositions - 1 - (position % ChunkPositions)));
        return (ushort)(tables.Pieces[(int)(chunk >> 32) + begun] + (position << 8));
    }
}
