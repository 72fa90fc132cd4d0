using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class AdaptiveNibbleEncode
{
    /// <summary>The reference: one nibble after the other, forward and then backward.</summary>
    static int Scalar(Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
    {
        for (int i = 0; i < source.Length; i++)
        {
            ref NibbleModel model = ref models[i % Lanes(states) % models.Length];
            intervals[2 * i] = Learn(ref model, 0, source[i] >> 4);
            intervals[(2 * i) + 1] = Learn(ref model, 1 + (source[i] >> 4), source[i] & 0xF);
        }

        return Spill(intervals[..(2 * source.Length)], states, words);
    }

    /// <summary>Lets a context learn a nibble.</summary>
    /// <returns>The nibble's start in bits 0-15 and its frequency in bits 16-31.</returns>
    static uint Learn(ref NibbleModel model, int context, int nibble)
    {
        Span<short> entries = model.Distribution(context);
        int start = entries[nibble];
        int next = nibble + 1 < AdaptiveCdf.Entries ? entries[nibble + 1] : 1 << AdaptiveCdf.ScaleBits;
        AdaptiveCdf.Update(entries, AdaptiveCdf.Entries, nibble, ref model.Age(context));
        return (uint)start | (uint)(next - start) << 16;
    }

    /// <summary>The states take in the nibbles, last to first.</summary>
    static int Spill(ReadOnlySpan<uint> intervals, Span<uint> states, Span<byte> words)
    {
        int lanes = Lanes(states);
        int at = words.Length;
        int count = intervals.Length / NibblesPerByte;
        for (int first = (count - 1) / lanes * lanes; first >= 0 && count > 0; first -= lanes)
        {
            int group = Math.Min(lanes, count - first);
            for (int lane = group - 1; lane >= 0; lane--)
            {
                Take(intervals[(2 * (first + lane)) + 1], ref states[states.Length - lanes + lane], words, ref at);
            }

            for (int lane = group - 1; lane >= 0; lane--)
            {
                Take(intervals[2 * (first + lane)], ref states[lane], words, ref at);
            }
        }

        return words.Length - at;
    }

    static void Take(uint interval, ref uint state, Span<byte> words, ref int at)
    {
        uint start = interval & 0xFFFF;
        uint frequency = interval >> 16;
        uint x = state;
        if (x >= (ulong)frequency << (32 - AdaptiveCdf.ScaleBits))
        {
            at -= sizeof(ushort);
            BinaryPrimitives.WriteUInt16LittleEndian(words[at..], (ushort)x);
            x >>= 16;
        }

        (uint quotient, uint rank) = Math.DivRem(x, frequency);
        state = (quotient << AdaptiveCdf.ScaleBits) + rank + start;
    }

    static int Lanes(Span<uint> states) => Math.Max(1, states.Length / 2);
}
