using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    /// <summary>Any numbers of states and models, one nibble after the other: the reference's loop over vectors and pointers.</summary>
    static int Serial<TStep>(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
        where TStep : INibbleStep
    {
        fixed (NibbleModel* model = models)
        fixed (uint* state = states)
        fixed (byte* firstWord = words)
        fixed (byte* first = destination)
        fixed (uint* weights = AdaptiveCdf.Weights)
        {
            byte* word = firstWord;
            byte* wordEnd = firstWord + words.Length;
            byte* end = first + destination.Length;
            if (states.Length == 1)
            {
                for (byte* to = first; to < end; to++)
                {
                    nuint high = Nibble<TStep>(Context(model, 0), state, weights, ref word, wordEnd);
                    nuint low = Nibble<TStep>(Context(model, high), state, weights, ref word, wordEnd);
                    *to = Join(high, low);
                }
            }
            else
            {
                nint stride = models.Length == 1 ? 0 : 1;
                nint lanes = LaneCount(states.Length);
                nuint* highs = stackalloc nuint[GroupBytes];
                for (byte* to = first; to < end; to += GroupBytes)
                {
                    nint group = Math.Min(GroupBytes, (nint)(end - to));
                    uint* set = state + ((to - first) & (lanes - 1));
                    for (nint i = 0; i < group; i++)
                    {
                        highs[i] = Nibble<TStep>(Context(model + (i * stride), 0), set + i, weights, ref word, wordEnd);
                    }

                    for (nint i = 0; i < group; i++)
                    {
                        NibbleContext* context = Context(model + (i * stride), highs[i]);
                        nuint low = Nibble<TStep>(context, set + lanes + i, weights, ref word, wordEnd);
                        to[i] = Join(highs[i], low);
                    }
                }
            }

            return (int)(word - firstWord);
        }
    }

    /// <param name="context">The context; it learns.</param>
    /// <param name="state">The state; updated.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    /// <param name="word">The next word; past the end where one was wanted and none was left.</param>
    /// <param name="wordEnd">The end of the words.</param>
    /// <returns>As <see cref="INibbleStep.Decode"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nuint Nibble<TStep>(NibbleContext* context, uint* state, uint* weights, ref byte* word, byte* wordEnd)
        where TStep : INibbleStep
    {
        const uint Mask = (1u << AdaptiveCdf.ScaleBits) - 1;

        uint slot = *state & Mask;
        nuint next = TStep.Decode(context, (short)slot, weights, out uint pair);
        uint rank = slot - (ushort)pair;
        *state = Refill((NibbleContext.Frequency(pair) * (*state >> AdaptiveCdf.ScaleBits)) + rank, ref word, wordEnd);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Refill(uint state, ref byte* word, byte* wordEnd)
    {
        if (wordEnd - word < sizeof(ushort))
        {
            word = state < LowerBound ? wordEnd + 1 : word;
            return state;
        }

        // A branch here would be guessed wrongly every few nibbles.
        ulong empty = (state - (ulong)LowerBound) >> 63;
        uint taken = *(ushort*)word & (uint)-(long)empty;
        word += sizeof(ushort) * empty;
        return (state << (int)(16 * empty)) | taken;
    }

    /// <summary>The context of the high nibble, or that of the low one after a high one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="high">0, or what <see cref="INibbleStep.Decode"/> gave for the high nibble: its number plus 1, doubled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static NibbleContext* Context(NibbleModel* model, nuint high) =>
        (NibbleContext*)((byte*)model + (NibbleContext.Bytes / 2 * high));

    /// <summary>The byte of two nibbles, each given as twice itself plus 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte Join(nuint high, nuint low) => (byte)((8 * high) + (low / 2) - 17);
}
