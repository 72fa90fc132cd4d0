using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    /// <summary>Words, and how far they have been read.</summary>
    struct WordSource
    {
        public byte* At;
        public byte* End;
        public bool Starved;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Refill(uint state)
        {
            bool empty = state < LowerBound;
            if (End - At < sizeof(ushort))
            {
                Starved |= empty;
                return state;
            }

            uint filled = (state << 16) | *(ushort*)At;
            At += empty ? sizeof(ushort) : 0;
            return empty ? filled : state;
        }
    }

    /// <summary>Any numbers of states and models, one nibble after the other: the reference's loop over vectors and pointers.</summary>
    static int Serial<TContext>(Span<NibbleModel> models, Span<uint> states, ReadOnlySpan<byte> words, Span<byte> destination)
        where TContext : IContext
    {
        fixed (NibbleModel* model = models)
        fixed (uint* state = states)
        fixed (byte* word = words)
        fixed (byte* first = destination)
        fixed (short* weights = AdaptiveCdf.Weights)
        {
            var source = new WordSource { At = word, End = word + words.Length };
            byte* end = first + destination.Length;
            if (states.Length == 1)
            {
                for (byte* to = first; to < end; to++)
                {
                    nuint high = Nibble<TContext>((byte*)model, 0, state, weights, ref source);
                    nuint low = Nibble<TContext>((byte*)model, high, state, weights, ref source);
                    *to = Join(high, low);
                }
            }
            else
            {
                nint stride = models.Length == 1 ? 0 : NibbleModel.Bytes;
                nuint* highs = stackalloc nuint[Lanes];
                for (byte* to = first; to < end; to += Lanes)
                {
                    nint group = Math.Min(Lanes, (nint)(end - to));
                    for (nint lane = 0; lane < group; lane++)
                    {
                        highs[lane] = Nibble<TContext>((byte*)model + (lane * stride), 0, state + lane, weights, ref source);
                    }

                    for (nint lane = 0; lane < group; lane++)
                    {
                        nuint low = Nibble<TContext>(
                            (byte*)model + (lane * stride), highs[lane], state + Lanes + lane, weights, ref source);
                        to[lane] = Join(highs[lane], low);
                    }
                }
            }

            return source.Starved ? words.Length + 1 : (int)(source.At - word);
        }
    }

    /// <param name="model">The model.</param>
    /// <param name="context">Where the context's age lies: 0, or what the high nibble gave. Its row lies 16 times as far.</param>
    /// <param name="state">The state; updated.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    /// <param name="source">The words.</param>
    /// <returns>As <see cref="IContext.Decode"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nuint Nibble<TContext>(byte* model, nuint context, uint* state, short* weights, ref WordSource source)
        where TContext : IContext
    {
        const uint Mask = (1u << AdaptiveCdf.ScaleBits) - 1;

        uint slot = *state & Mask;
        var age = (ushort*)(model + NibbleModel.AgesAt + context);
        nuint next = TContext.Decode(model + (16 * context), age, (short)slot, weights, out uint pair);
        uint start = (ushort)pair;
        uint frequency = ((pair >> 16) - start) & Mask;
        *state = source.Refill((frequency * (*state >> AdaptiveCdf.ScaleBits)) + slot - start);
        return next;
    }

    /// <summary>The byte of two nibbles, each given as twice itself plus 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte Join(nuint high, nuint low) => (byte)((8 * high) + (low / 2) - 17);
}
