using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lacuna.Kernels;

/// <summary>
/// What is known of a nibble in one context: a distribution (<see cref="AdaptiveCdf"/>), its age, and the weight of its next update.
/// </summary>
/// <remarks>
/// A cache line:
/// <code>
///  byte  0 .. 31     32, 33               34, 35   36 .. 39                      40 .. 63
///        16 entries  0, the 17th modulo   age      weight, in both halves of     unused
///                    32768                         32 bits, to be broadcast
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
unsafe struct NibbleContext
{
    public const int Bytes = 64;

    public fixed short Entries[AdaptiveCdf.Entries];
    public short End;
    public ushort Age;
    public uint Weight;

    /// <summary>Makes all nibbles equally likely.</summary>
    public void Reset()
    {
        this = default;
        Age = (ushort)AdaptiveCdf.Reset(Distribution, AdaptiveCdf.Entries);
        Weight = AdaptiveCdf.Weights[Age];
    }

    /// <summary>The entries as a span.</summary>
    [UnscopedRef]
    public Span<short> Distribution => MemoryMarshal.CreateSpan(ref Entries[0], AdaptiveCdf.Entries);

    /// <summary>Where a nibble starts in bits 0-15, and in bits 16-31 where the next one does, which after the last is 0.</summary>
    public readonly uint PairOf(int nibble) =>
        (ushort)Entries[nibble] | ((uint)(nibble + 1 < AdaptiveCdf.Entries ? Entries[nibble + 1] : End) << 16);

    /// <summary>Learns a nibble: what it means.</summary>
    public void Learn(int nibble)
    {
        AdaptiveCdf.UpdateScalar(Distribution, AdaptiveCdf.Entries, nibble, ref Age);
        Weight = AdaptiveCdf.Weights[Age];
    }

    /// <summary>Gets a context one nibble older.</summary>
    /// <param name="context">The context.</param>
    /// <param name="weights"><see cref="AdaptiveCdf.Weights"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Grow(NibbleContext* context, uint* weights)
    {
        if (context->Age < AdaptiveCdf.MaxAge) // soon never: cheaper than a sum that hides it
        {
            context->Age++;
            context->Weight = weights[context->Age];
        }
    }

    /// <summary>Where the nibble before the entry at <paramref name="next"/> starts, and that entry.</summary>
    /// <param name="context">The context.</param>
    /// <param name="next">Where the entry lies in the context, in bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint* Pair(NibbleContext* context, nuint next) => (uint*)((byte*)context + next - sizeof(short));

    /// <summary>A nibble's frequency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Frequency(uint pair) => ((pair >> 16) - (ushort)pair) & ((1u << AdaptiveCdf.ScaleBits) - 1);
}
