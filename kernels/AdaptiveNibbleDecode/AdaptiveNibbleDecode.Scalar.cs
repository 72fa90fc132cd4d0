using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class AdaptiveNibbleDecode
{
    /// <summary>The reference: one nibble after the other.</summary>
    static int Scalar(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
    {
        int lanes = Math.Max(1, states.Length / 2);
        int lowStates = states.Length - lanes;
        int at = 0;

        for (int first = 0; first < destination.Length; first += lanes)
        {
            Span<byte> group = destination.Slice(first, Math.Min(lanes, destination.Length - first));
            for (int lane = 0; lane < group.Length; lane++)
            {
                group[lane] = (byte)Nibble(ref models[lane % models.Length], 0, ref states[lane], words, ref at);
            }

            for (int lane = 0; lane < group.Length; lane++)
            {
                int high = group[lane];
                int low = Nibble(ref models[lane % models.Length], 1 + high, ref states[lowStates + lane], words, ref at);
                group[lane] = (byte)((high << 4) | low);
            }
        }

        return at;
    }

    static int Nibble(ref NibbleModel model, int context, ref uint state, ReadOnlySpan<byte> words, ref int at)
    {
        const uint Mask = (1u << AdaptiveCdf.ScaleBits) - 1;

        Span<short> entries = model.Distribution(context);
        uint slot = state & Mask;
        int nibble = AdaptiveCdf.Find(entries, AdaptiveCdf.Entries, (int)slot);
        uint start = (ushort)entries[nibble];
        uint next = nibble + 1 < AdaptiveCdf.Entries ? (ushort)entries[nibble + 1] : 0u;
        uint frequency = (next - start) & Mask;
        state = Refill((frequency * (state >> AdaptiveCdf.ScaleBits)) + slot - start, words, ref at);
        AdaptiveCdf.Update(entries, AdaptiveCdf.Entries, nibble, ref model.Age(context));
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
