using System.Diagnostics.CodeAnalysis;

namespace Lacuna.Kernels;

/// <summary>The operations on planes of 16-bit words that rANS kernels are made of, at one vector width.</summary>
/// <remarks>Words are unsigned, sums and products modulo 65536; a mask has all bits of a word set, or none.</remarks>
unsafe interface IWords<TVector>
    where TVector : unmanaged
{
    /// <summary>Words in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ushort* source);

    static abstract void Store(TVector vector, ushort* destination);

    /// <summary>Stores the low bytes of words that are below 256.</summary>
    static abstract void StoreBytes(TVector vector, byte* destination);

    static abstract TVector Broadcast(ushort value);

    /// <summary>Loads a byte for each word.</summary>
    static abstract TVector Widen(byte* source);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector MultiplyLow(TVector left, TVector right);

    /// <summary>The upper halves of 32-bit products.</summary>
    static abstract TVector MultiplyHigh(TVector left, TVector right);

    static abstract TVector And(TVector left, TVector right);

    /// <summary><c>vector &amp; ~mask</c>.</summary>
    static abstract TVector AndNot(TVector vector, TVector mask);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary>Moves all words up by a constant number of bits.</summary>
    static abstract TVector ShiftLeft(TVector vector, [ConstantExpected] int bits);

    /// <summary>Moves all words down by a constant number of bits.</summary>
    static abstract TVector ShiftRight(TVector vector, [ConstantExpected] int bits);

    /// <summary>Moves each word up by a number of bits of its own, 0 to 7.</summary>
    static abstract TVector ShiftLeft(TVector vector, TVector bits);

    /// <summary>Moves each word down by a number of bits of its own, 0 to 7.</summary>
    static abstract TVector ShiftRight(TVector vector, TVector bits);

    /// <summary>The upper bytes of the words.</summary>
    static abstract TVector High(TVector vector);

    /// <summary>The upper bytes of the words as signed numbers.</summary>
    static abstract TVector SignedHigh(TVector vector);

    /// <summary>A mask of <c>left > right</c>, for words below 2^15.</summary>
    static abstract TVector IsAbove(TVector left, TVector right);

    /// <summary>A mask of <c>left >= right</c>.</summary>
    static abstract TVector IsAtLeast(TVector left, TVector right);

    static abstract TVector IsZero(TVector vector);

    /// <summary>Whether two vectors have a word in common at one place.</summary>
    static abstract bool AnyEqual(TVector left, TVector right);

    /// <summary>Whether two vectors have the same words.</summary>
    static abstract bool AllEqual(TVector left, TVector right);

    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    /// <summary>Interleaves the words of two vectors, the first four of every eight lanes.</summary>
    static abstract TVector UnpackLow(TVector left, TVector right);

    /// <summary>Interleaves the words of two vectors, the other four of every eight lanes.</summary>
    static abstract TVector UnpackHigh(TVector left, TVector right);

    /// <summary>Looks up an entry of four words for each lane, and gives the words of all lanes as four planes.</summary>
    /// <remarks>By scalar loads: gathers cost a cycle a lane, and these less.</remarks>
    static abstract void LoadEntries<TKeys>(
        ulong* entries, byte* keys, out TVector first, out TVector second, out TVector third, out TVector fourth)
        where TKeys : IKeys;

    /// <summary>Renormalises 32-bit states: where the upper half is 0, the lower moves up and the next word follows it.</summary>
    /// <param name="low">The lower halves.</param>
    /// <param name="high">The upper halves.</param>
    /// <param name="shuffles"><see cref="WordMasks.Spread"/>.</param>
    /// <param name="next">
    /// The first word; moved past the last, which is at most <see cref="Count"/> on. As many are read, wanted or not.
    /// </param>
    static abstract void Refill(ref TVector low, ref TVector high, byte* shuffles, ref ushort* next);

    /// <summary>Writes the words of the mask's lanes before a place, in order. Writes up to a vector more before them.</summary>
    /// <param name="vector">The words.</param>
    /// <param name="mask">A mask.</param>
    /// <param name="shuffles"><see cref="WordMasks.Gather"/>.</param>
    /// <param name="end">Behind the last word; moved to the first.</param>
    static abstract void Gather(TVector vector, TVector mask, byte* shuffles, ref ushort* end);
}
