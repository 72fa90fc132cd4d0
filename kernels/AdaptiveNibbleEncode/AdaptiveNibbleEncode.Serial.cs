namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleEncode
{
    /// <summary>Contexts at one vector width, then one state after the other.</summary>
    static int Serial<TStep>(
        Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> states, Span<uint> intervals, Span<byte> words)
        where TStep : INibbleStep
    {
        Learn<TStep>(models, source, intervals);
        return Spill(intervals[..(NibblesPerByte * source.Length)], 0, states, words);
    }

    /// <summary>Forward: the pair of each nibble (<see cref="NibbleContext.PairOf"/>).</summary>
    static void Learn<TStep>(Span<NibbleModel> models, ReadOnlySpan<byte> source, Span<uint> intervals)
        where TStep : INibbleStep
    {
        fixed (NibbleModel* firstModel = models)
        fixed (byte* bytes = source)
        fixed (uint* pairs = intervals)
        fixed (uint* weights = AdaptiveCdf.Weights)
        {
            nint last = models.Length - 1;
            for (nint i = 0; i < source.Length; i++)
            {
                var contexts = (NibbleContext*)(firstModel + (i & last));
                nuint high = (nuint)bytes[i] >> 4;
                pairs[2 * i] = TStep.Learn(contexts, high, weights);
                pairs[(2 * i) + 1] = TStep.Learn(contexts + 1 + high, bytes[i] & 15u, weights);
            }
        }
    }
}
