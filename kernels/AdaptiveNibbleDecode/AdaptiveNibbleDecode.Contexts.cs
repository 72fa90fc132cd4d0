using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static unsafe partial class AdaptiveNibbleDecode
{
    /// <summary>Decodes in one context, at one vector width.</summary>
    interface IContext
    {
        /// <summary>Finds the nibble that owns a slot and lets the context learn it.</summary>
        /// <param name="row">The context's distribution.</param>
        /// <param name="age">Its age.</param>
        /// <param name="slot">The slot.</param>
        /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
        /// <param name="pair">Where the nibble starts in bits 0-15, and where the next one does in bits 16-31.</param>
        /// <returns>Twice the nibble, plus 2: where the next one's entry lies in the row.</returns>
        static abstract nuint Decode(byte* row, ushort* age, short slot, short* weights, out uint pair);
    }

    readonly struct Context128 : IContext
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nuint Decode(byte* row, ushort* age, short slot, short* weights, out uint pair)
        {
            Vector128<short> slots = Vector128.Create(slot);
            Vector128<short> first = Vector128.Load((short*)row);
            Vector128<short> last = Vector128.Load((short*)row + 8);
            Vector128<short> aboveFirst = Vector128.GreaterThan(first, slots);
            Vector128<short> aboveLast = Vector128.GreaterThan(last, slots);
            uint above = Vector128.ExtractMostSignificantBits(Vector128.Narrow(aboveFirst, aboveLast));
            nuint next = 2 * (nuint)BitOperations.TrailingZeroCount(above | 0x10000);
            pair = *(uint*)(row + next - 2);

            Vector128<short> weight = Vector128.Create(Grow(age, weights));
            Vector128<short> indices = Vector128.Create((short)0, 1, 2, 3, 4, 5, 6, 7);
            Vector128<short> step = Vector128.Create(AdaptiveCdf.Step);
            Learn(first, first - indices - (aboveFirst & step), weight).Store((short*)row);
            Learn(last, last - (indices + Vector128.Create((short)8)) - (aboveLast & step), weight).Store((short*)row + 8);
            return next;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<short> Learn(Vector128<short> entries, Vector128<short> distance, Vector128<short> weight) =>
            entries - RoundedProduct.Of(distance, weight);
    }

    readonly struct Context256 : IContext
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nuint Decode(byte* row, ushort* age, short slot, short* weights, out uint pair)
        {
            Vector256<short> entries = Vector256.Load((short*)row);
            nuint next = Find(entries, Vector256.Create(slot), row, out Vector256<short> above, out pair);
            Learn(entries, above, Grow(age, weights)).Store((short*)row);
            return next;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nuint Find(Vector256<short> entries, Vector256<short> slots, byte* row, out Vector256<short> above, out uint pair)
        {
            above = Vector256.GreaterThan(entries, slots);
            nuint next = (nuint)BitOperations.TrailingZeroCount(above.AsByte().ExtractMostSignificantBits());
            pair = *(uint*)(row + next - 2);
            return next;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Learn(Vector256<short> entries, Vector256<short> above, short weight)
        {
            Vector256<short> indices = Vector256.Create((short)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            Vector256<short> distance = entries - indices - (above & Vector256.Create(AdaptiveCdf.Step));
            return entries - RoundedProduct.Of(distance, Vector256.Create(weight));
        }
    }

    /// <summary>The weight of an update, and a context one symbol older.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static short Grow(ushort* age, short* weights)
    {
        nuint years = *age;
        if (years < AdaptiveCdf.MaxAge) // soon never: cheaper than a sum that hides it
        {
            *age = (ushort)(years + 1);
        }

        return weights[years];
    }
}
