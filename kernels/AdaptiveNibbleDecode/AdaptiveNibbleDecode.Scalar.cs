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
                destination[i] = (byte)Nibble(ref models[i % models.Length], 0, ref states[i % lanes], words, ref at);
            }

            for (int i = first; i < end; i++)
            {
                int high = destination[i];
                ref uint state = ref states[states.Length - lanes + (i % lanes)];
                int low = Nibble(ref models[i % models.Length], 1 + high, ref state, words, ref at);
                destination[i] = (byte)((high << 4) | low);
            }
        }

        return at;
    }

    static int Nibble(ref NibbleModel model, int context, ref uint state, ReadOnlySpan<byte> words, ref int at)
    {
        const uint Mask = (1u << AdaptiveCdf.ScaleBits) - 1;

        Span<short> entries = model.Distribution(context);
        uint slot = state & Mask;
        int nibble = AdaptiveCdf.FindScalar(entries, AdaptiveCdf.Entries, (int)slot);
        uint start = (ushort)entries[nibble];
        uint next = nibble + 1 < AdaptiveCdf.Entries ? (ushort)entries[nibble + 1] : 0u;
        uint frequency = (next - start) & Mask;
        state = Refill((frequency * (state >> AdaptiveCdf.ScaleBits)) + slot - start, words, ref at);
        AdaptiveCdf.UpdateScalar(entries, AdaptiveCdf.Entries, nibble, ref model.Age(context));
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
