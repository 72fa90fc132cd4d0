using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

public static partial class AdaptiveCdf
{
    /// <summary>The numbers of the first 8 entries.</summary>
    internal static Vector128<short> FirstIndices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((short)0, 1, 2, 3, 4, 5, 6, 7);
    }

    /// <summary>The numbers of the other 8.</summary>
    internal static Vector128<short> LastIndices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((short)8, 9, 10, 11, 12, 13, 14, 15);
    }

    /// <summary>The numbers of all 16.</summary>
    internal static Vector256<short> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create((short)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    static int Find128(ReadOnlySpan<short> entries, int symbols, int slot)
    {
        ref short first = ref MemoryMarshal.GetReference(entries[..Entries]);
        Vector128<short> slots = Vector128.Create((short)slot);
        uint next = Next(
            Vector128.GreaterThan(Vector128.LoadUnsafe(ref first), slots),
            Vector128.GreaterThan(Vector128.LoadUnsafe(ref first, 8), slots));
        return Math.Min((int)next / 2, symbols) - 1;
    }

    static void Update128(Span<short> entries, int symbols, int symbol, ref ushort age)
    {
        ref short first = ref MemoryMarshal.GetReference(entries[..Entries]);
        Vector128<short> weight = Vector128.Create(Weights[age]).AsInt16();
        age += (ushort)(age < MaxAge ? 1 : 0);
        Vector128<short> count = Vector128.Create((short)symbols);
        Vector128<short> last = Vector128.Create((short)symbol);
        Part(ref first, FirstIndices);
        Part(ref Unsafe.Add(ref first, 8), LastIndices);

        void Part(ref short part, Vector128<short> indices)
        {
            Vector128<short> used = Vector128.LessThan(indices, count);
            Vector128<short> above = Vector128.GreaterThan(indices, last) & used;
            Learn(Vector128.LoadUnsafe(ref part), indices & used, above, weight).StoreUnsafe(ref part);
        }
    }

    /// <summary>Where the first entry above a slot lies: its number, doubled, or 32 where there is none.</summary>
    /// <param name="first">All ones in those of the first 8 entries that are above.</param>
    /// <param name="last">The same of the other 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Next(Vector128<short> first, Vector128<short> last)
    {
        uint above = first.AsByte().ExtractMostSignificantBits() | (last.AsByte().ExtractMostSignificantBits() << 16);
        return (uint)BitOperations.TrailingZeroCount(above);
    }

    /// <inheritdoc cref="Next(Vector128{short}, Vector128{short})"/>
    /// <param name="above">All ones in those of the 16 entries that are above.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Next(Vector256<short> above) =>
        (uint)BitOperations.TrailingZeroCount(above.AsByte().ExtractMostSignificantBits());

    /// <summary>An update of 8 entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="indices">Their numbers; 0 for unused ones.</param>
    /// <param name="above">All ones in those after the symbol.</param>
    /// <param name="weight">The update's weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<short> Learn(
        Vector128<short> entries, Vector128<short> indices, Vector128<short> above, Vector128<short> weight) =>
        entries - RoundedProduct.Of(entries - indices - (above & Vector128.Create(Step)), weight);

    /// <summary>An update of 16 entries, all of them used. Needs AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<short> Learn(Vector256<short> entries, Vector256<short> above, Vector256<short> weight) =>
        entries - RoundedProduct.Of(entries - Indices - (above & Vector256.Create(Step)), weight);
}
