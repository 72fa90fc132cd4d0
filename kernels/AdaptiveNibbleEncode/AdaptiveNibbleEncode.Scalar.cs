using System.Buffers.Binary;

namespace Lacuna.Kernels;

public static partial class AdaptiveNibbleEncode
{
    /// <summary>The reference: one nibble after the other, forward and then backward.</summary>
    static int Scalar(Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
    {
        for (int i = 0; i < source.Length; i++)
        {
            ref NibbleModel model = ref models[i % models.Length];
            intervals[2 * i] = Learn(ref model[0], source[i] >> 4);
            intervals[(2 * i) + 1] = Learn(ref model[1 + (source[i] >> 4)], source[i] & 0xF);
        }

        return Spill(intervals[..(2 * source.Length)], 0, states, words);
    }

    /// <summary>Lets a context learn a nibble.</summary>
    /// <returns>The nibble's pair (<see cref="NibbleContext.PairOf"/>), before the context learns.</returns>
    static uint Learn(ref NibbleContext context, int nibble)
    {
        uint pair = context.PairOf(nibble);
        context.Learn(nibble);
        return pair;
    }

    /// <summary>The states take in the nibbles, last to first.</summary>
    /// <param name="intervals">The nibbles' pairs.</param>
    /// <param name="stop">The last byte to go in; it begins a group.</param>
    /// <param name="states">The states.</param>
    /// <param name="words">Filled from its end.</param>
    static int Spill(ReadOnlySpan<uint> intervals, int stop, Span<uint> states, Span<byte> words)
    {
        int lanes = AdaptiveNibbleDecode.LaneCount(states.Length);
        int group = Math.Min(lanes, AdaptiveNibbleDecode.GroupBytes);
        int count = intervals.Length / NibblesPerByte;
        int at = words.Length;
        for (int end = count; end > stop;)
        {
            int first = (end - 1) / group * group;
            for (int i = end - 1; i >= first; i--)
            {
                Take(intervals[(2 * i) + 1], ref states[states.Length - lanes + (i % lanes)], words, ref at);
            }

            for (int i = end - 1; i >= first; i--)
            {
                Take(intervals[2 * i], ref states[i % lanes], words, ref at);
            }

            end = first;
        }

        return words.Length - at;
    }

    static void Take(uint interval, ref uint state, Span<byte> words, ref int at)
    {
        uint frequency = NibbleContext.Frequency(interval);
        uint x = state;
        if (x >= (ulong)frequency << (32 - AdaptiveCdf.ScaleBits))
        {
            at -= sizeof(ushort);
            BinaryPrimitives.WriteUInt16LittleEndian(words[at..], (ushort)x);
            x >>= 16;
        }

        (uint quotient, uint rank) = Math.DivRem(x, frequency);
        state = (quotient << AdaptiveCdf.ScaleBits) + rank + (ushort)interval;
    }
}
