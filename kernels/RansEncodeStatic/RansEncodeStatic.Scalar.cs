using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static unsafe partial class RansEncodeStatic
{
    /// <summary>The reference: one symbol before the other.</summary>
    static int Scalar(
        ReadOnlySpan<ulong> entries,
        ReadOnlySpan<ushort> slots,
        ReadOnlySpan<byte> symbols,
        Span<uint> states,
        int firstLane,
        Span<byte> words)
    {
        int at = words.Length;
        int lane = (int)((firstLane + (long)symbols.Length) % states.Length);

        for (int i = symbols.Length - 1; i >= 0; i--)
        {
            lane = lane == 0 ? states.Length - 1 : lane - 1;
            ulong entry = entries[symbols[i]];
            uint frequency = Math.Max((ushort)entry, 1u);
            uint state = states[lane];
            if (state >> 16 >= frequency)
            {
                at -= sizeof(ushort);
                BinaryPrimitives.WriteUInt16LittleEndian(words[at..], (ushort)state);
                state >>= 16;
            }

            (uint quotient, uint rank) = Math.DivRem(state, frequency);
            states[lane] = (quotient << 16) | slots[(ushort)((uint)(entry >> 16) + rank)];
        }

        return words.Length - at;
    }
}
