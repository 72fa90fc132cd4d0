using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    /// <summary>Any numbers of states and models, one nibble after the other: the reference's loop over vectors and pointers.</summary>
    static int Serial<TContext>(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
        where TContext : INibbleContext
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
                    nuint high = Nibble<TContext>((byte*)model, 0, state, weights, ref word, wordEnd);
                    nuint low = Nibble<TContext>((byte*)model, high, state, weights, ref word, wordEnd);
                    *to = Join(high, low);
                }
            }
            else
            {
                nint stride = models.Length == 1 ? 0 : NibbleModel.Bytes;
                nint lanes = LaneCount(states.Length);
                nuint* highs = stackalloc nuint[GroupBytes];
                for (byte* to = first; to < end; to += GroupBytes)
                {
                    nint group = Math.Min(GroupBytes, (nint)(end - to));
                    uint* set = state + ((to - first) & (lanes - 1));
                    for (nint i = 0; i < group; i++)
                    {
                        highs[i] = Nibble<TContext>((byte*)model + (i * stride), 0, set + i, weights, ref word, wordEnd);
                    }

                    for (nint i = 0; i < group; i++)
                    {
                        nuint low = Nibble<TContext>((byte*)model + (i * stride), highs[i], set + lanes + i, weights, ref word, wordEnd);
                        to[i] = Join(highs[i], low);
                    }
                }
            }

            return (int)(word - firstWord);
        }
    }

    /// <param name="model">The model.</param>
    /// <param name="context">Where the context's age lies: 0, or what the high nibble gave. Its row lies 16 times as far.</param>
    /// <param name="state">The state; updated.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    /// <param name="word">The next word; past the end where one was wanted and none was left.</param>
    /// <param name="wordEnd">The end of the words.</param>
    /// <returns>As <see cref="INibbleContext.Decode"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nuint Nibble<TContext>(byte* model, nuint context, uint* state, uint* weights, ref byte* word, byte* wordEnd)
        where TContext : INibbleContext
    {
        const uint Mask = (1u << AdaptiveCdf.ScaleBits) - 1;

        uint slot = *state & Mask;
        var age = (ushort*)(model + NibbleModel.AgesAt + context);
        nuint next = TContext.Decode(model + (16 * context), age, (short)slot, weights, out uint pair);
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

    /// <summary>The byte of two nibbles, each given as twice itself plus 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte Join(nuint high, nuint low) => (byte)((8 * high) + (low / 2) - 17);
}
