using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class AdaptiveNibbleDecode
{
    /// <summary>The reference: one nibble after the other.</summary>
    static int Scalar(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        int lanes = LaneCount(states.Length);
        int group = Math.Min(lanes, GroupBytes);
        int at = 0;

        for (int first = 0; first < destination.Length; first += group)
        {
            int end = Math.Min(first + group, destination.Length);
            for (int i = first; i < end; i++)
            {
                destination[i] = (byte)Nibble(ref models[i % models.Length][0], ref states[i % lanes], words, ref at);
            }

            for (int i = first; i < end; i++)
            {
                int high = destination[i];
                ref uint state = ref states[states.Length - lanes + (i % lanes)];
                int low = Nibble(ref models[i % models.Length][1 + high], ref state, words, ref at);
                destination[i] = (byte)((high << 4) | low);
            }
        }

        return at;
    }

    static int Nibble(ref NibbleContext context, ref uint state, ReadOnlySpan<byte> words, ref int at)
    {
        uint slot = state & ((1u << AdaptiveCdf.ScaleBits) - 1);
        int nibble = AdaptiveCdf.FindScalar(context.Distribution, AdaptiveCdf.Entries, (int)slot);
        uint pair = context.PairOf(nibble);
        uint rank = slot - (ushort)pair;
        state = Refill((NibbleContext.Frequency(pair) * (state >> AdaptiveCdf.ScaleBits)) + rank, words, ref at);
        context.Learn(nibble);
        return nibble;
    }

    static uint Refill(uint state, ReadOnlySpan<byte> words, ref int at)
    {
        if (state >= LowerBound)
        {
            return state;
        }

        if (words.Length - at < sizeof(ushort))
        {
            at = words.Length + 1;
            return state;
        }

        uint word = BinaryPrimitives.ReadUInt16LittleEndian(words[at..]);
        at += sizeof(ushort);
        return (state << 16) | word;
    }
}
