using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Decodes or learns a nibble in a context, at one vector width.</summary>
unsafe interface INibbleStep
{
    /// <summary>Finds the nibble that owns a slot, and lets the context learn it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    /// <param name="pair">The nibble's pair (<see cref="NibbleContext.PairOf"/>).</param>
    /// <returns>The nibble plus 1, doubled: where the next one's entry lies in the context.</returns>
    static abstract nuint Decode(NibbleContext* context, short slot, uint* weights, out uint pair);

    /// <summary>Lets the context learn a nibble.</summary>
    /// <returns>The nibble's pair, before the context learns.</returns>
    static abstract uint Learn(NibbleContext* context, nuint nibble, uint* weights);
}

/// <summary>Two vectors of 8 entries.</summary>
readonly unsafe struct NibbleStep128 : INibbleStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Decode(NibbleContext* context, short slot, uint* weights, out uint pair)
    {
        Vector128<short> slots = Vector128.Create(slot);
        Vector128<short> aboveFirst = Vector128.GreaterThan(Vector128.Load(context->Entries), slots);
        Vector128<short> aboveLast = Vector128.GreaterThan(Vector128.Load(context->Entries + 8), slots);
        nuint next = AdaptiveCdf.Next(aboveFirst, aboveLast);
        pair = *NibbleContext.Pair(context, next);
        Learn(context, aboveFirst, aboveLast, weights);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Learn(NibbleContext* context, nuint nibble, uint* weights)
    {
        uint pair = *NibbleContext.Pair(context, (2 * nibble) + 2);
        Vector128<short> nibbles = Vector128.Create((short)nibble);
        Vector128<short> aboveFirst = Vector128.GreaterThan(AdaptiveCdf.FirstIndices, nibbles);
        Learn(context, aboveFirst, Vector128.GreaterThan(AdaptiveCdf.LastIndices, nibbles), weights);
        return pair;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Learn(NibbleContext* context, Vector128<short> aboveFirst, Vector128<short> aboveLast, uint* weights)
    {
        Vector128<short> weight = Vector128.Create(context->Weight).AsInt16();
        NibbleContext.Grow(context, weights);
        short* first = context->Entries;
        short* last = first + 8;
        AdaptiveCdf.Learn(Vector128.Load(first), AdaptiveCdf.FirstIndices, aboveFirst, weight).Store(first);
        AdaptiveCdf.Learn(Vector128.Load(last), AdaptiveCdf.LastIndices, aboveLast, weight).Store(last);
    }
}

/// <summary>One vector of 16 entries. Needs AVX2.</summary>
readonly unsafe struct NibbleStep256 : INibbleStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Decode(NibbleContext* context, short slot, uint* weights, out uint pair)
    {
        Vector256<short> entries = Vector256.Load(context->Entries);
        Vector256<short> above = Vector256.GreaterThan(entries, Vector256.Create(slot));
        nuint next = AdaptiveCdf.Next(above);
        pair = *NibbleContext.Pair(context, next);
        Learn(context, entries, above, weights);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Learn(NibbleContext* context, nuint nibble, uint* weights)
    {
        uint pair = *NibbleContext.Pair(context, (2 * nibble) + 2);
        Vector256<short> above = Vector256.GreaterThan(AdaptiveCdf.Indices, Vector256.Create((short)nibble));
        Learn(context, Vector256.Load(context->Entries), above, weights);
        return pair;
    }

    /// <summary>Moves a context's entries.</summary>
    /// <returns>What they are now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Learn(NibbleContext* context, Vector256<short> entries, Vector256<short> above, uint* weights)
    {
        Vector256<short> weight = Vector256.Create(context->Weight).AsInt16();
        NibbleContext.Grow(context, weights);
        entries = AdaptiveCdf.Learn(entries, above, weight);
        entries.Store(context->Entries);
        return entries;
    }
}
