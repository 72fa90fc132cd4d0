using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Codes a nibble in one of a model's contexts, at one vector width.</summary>
unsafe interface INibbleContext
{
    /// <summary>Finds the nibble that owns a slot, and lets the context learn it.</summary>
    /// <param name="row">The context's distribution.</param>
    /// <param name="age">Its age.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    /// <param name="pair">Where the nibble starts in bits 0-15, and where the next one does in bits 16-31.</param>
    /// <returns>The nibble's number plus 1, doubled: where the next one's entry lies in the row.</returns>
    static abstract nuint Decode(byte* row, ushort* age, short slot, uint* weights, out uint pair);

    /// <summary>Lets the context learn a nibble.</summary>
    /// <returns>The nibble's pair, before the context learns.</returns>
    static abstract uint Learn(byte* row, ushort* age, nuint nibble, uint* weights);
}

/// <summary>What contexts of every width share.</summary>
static unsafe class NibbleContext
{
    /// <summary>Where the nibble before a row's entry at <paramref name="next"/> starts, and that entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint* Pair(byte* row, nuint next) => (uint*)(row + next - sizeof(short));

    /// <summary>A nibble's frequency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Frequency(uint pair) => ((pair >> 16) - (ushort)pair) & ((1u << AdaptiveCdf.ScaleBits) - 1);

    /// <summary>The weight of an update, in both halves; the context gets older.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Grow(ushort* age, uint* weights)
    {
        nuint years = *age;
        if (years < AdaptiveCdf.MaxAge) // soon never: cheaper than a sum that hides it
        {
            *age = (ushort)(years + 1);
        }

        return weights[years];
    }
}

/// <summary>Two vectors of 8 entries.</summary>
readonly unsafe struct NibbleContext128 : INibbleContext
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Decode(byte* row, ushort* age, short slot, uint* weights, out uint pair)
    {
        Vector128<short> slots = Vector128.Create(slot);
        Vector128<short> aboveFirst = Vector128.GreaterThan(Vector128.Load((short*)row), slots);
        Vector128<short> aboveLast = Vector128.GreaterThan(Vector128.Load((short*)row + 8), slots);
        nuint next = AdaptiveCdf.Next(aboveFirst, aboveLast);
        pair = *NibbleContext.Pair(row, next);
        Learn(row, aboveFirst, aboveLast, NibbleContext.Grow(age, weights));
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Learn(byte* row, ushort* age, nuint nibble, uint* weights)
    {
        uint pair = *NibbleContext.Pair(row, (2 * nibble) + 2);
        Vector128<short> nibbles = Vector128.Create((short)nibble);
        Learn(
            row,
            Vector128.GreaterThan(AdaptiveCdf.FirstIndices, nibbles),
            Vector128.GreaterThan(AdaptiveCdf.LastIndices, nibbles),
            NibbleContext.Grow(age, weights));
        return pair;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Learn(byte* row, Vector128<short> aboveFirst, Vector128<short> aboveLast, uint weights)
    {
        Vector128<short> weight = Vector128.Create(weights).AsInt16();
        AdaptiveCdf.Learn(Vector128.Load((short*)row), AdaptiveCdf.FirstIndices, aboveFirst, weight).Store((short*)row);
        AdaptiveCdf.Learn(Vector128.Load((short*)row + 8), AdaptiveCdf.LastIndices, aboveLast, weight).Store((short*)row + 8);
    }
}

/// <summary>One vector of 16 entries. Needs AVX2.</summary>
readonly unsafe struct NibbleContext256 : INibbleContext
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Decode(byte* row, ushort* age, short slot, uint* weights, out uint pair)
    {
        Vector256<short> entries = Vector256.Load((short*)row);
        Vector256<short> above = Vector256.GreaterThan(entries, Vector256.Create(slot));
        nuint next = AdaptiveCdf.Next(above);
        pair = *NibbleContext.Pair(row, next);
        Learned(entries, above, NibbleContext.Grow(age, weights)).Store((short*)row);
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Learn(byte* row, ushort* age, nuint nibble, uint* weights)
    {
        uint pair = *NibbleContext.Pair(row, (2 * nibble) + 2);
        Vector256<short> above = Vector256.GreaterThan(AdaptiveCdf.Indices, Vector256.Create((short)nibble));
        Learned(Vector256.Load((short*)row), above, NibbleContext.Grow(age, weights)).Store((short*)row);
        return pair;
    }

    /// <summary>A distribution after an update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Learned(Vector256<short> entries, Vector256<short> above, uint weight) =>
        AdaptiveCdf.Learn(entries, above, Vector256.Create(weight).AsInt16());
}
