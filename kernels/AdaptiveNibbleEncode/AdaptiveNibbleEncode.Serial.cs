using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleEncode
{
    /// <summary>Contexts at one vector width, then one state after the other.</summary>
    static int Serial<TContext>(
        Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
        where TContext : INibbleContext
    {
        Learn<TContext>(models, source, intervals);
        return Spill(intervals[..(NibblesPerByte * source.Length)], 0, states, words);
    }

    /// <summary>Forward: the pair of each nibble (<see cref="INibbleContext.Decode"/>).</summary>
    static void Learn<TContext>(Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> intervals)
        where TContext : INibbleContext
    {
        fixed (NibbleModel* firstModel = models)
        fixed (byte* bytes = source)
        fixed (uint* pairs = intervals)
        fixed (uint* weights = AdaptiveCdf.Weights)
        {
            nint last = models.Length - 1;
            for (nint i = 0; i < source.Length; i++)
            {
                byte* model = (byte*)firstModel + ((i & last) * NibbleModel.Bytes);
                pairs[2 * i] = Learn<TContext>(model, 0, (nuint)bytes[i] >> 4, weights);
                pairs[(2 * i) + 1] = Learn<TContext>(model, 2 + (2 * ((nuint)bytes[i] >> 4)), bytes[i] & 15u, weights);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Learn<TContext>(byte* model, nuint context, nuint nibble, uint* weights)
        where TContext : INibbleContext =>
        TContext.Learn(model + (16 * context), (ushort*)(model + NibbleModel.AgesAt + context), nibble, weights);
}
