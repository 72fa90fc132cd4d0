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

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector MultiplyLow(TVector left, TVector right);

    /// <summary>The upper halves of 32-bit products.</summary>
    static abstract TVector MultiplyHigh(TVector left, TVector right);

    static abstract TVector And(TVector left, TVector right);

    /// <summary><c>vector &amp; ~mask</c>.</summary>
    static abstract TVector AndNot(TVector vector, TVector mask);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary>The upper bytes of the words.</summary>
    static abstract TVector High(TVector vector);

    /// <summary>A mask of <c>left > right</c>, for words below 2^15.</summary>
    static abstract TVector IsAbove(TVector left, TVector right);

    /// <summary>A mask of <c>left >= right</c>.</summary>
    static abstract TVector IsAtLeast(TVector left, TVector right);

    static abstract TVector IsZero(TVector vector);

    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    /// <summary>
    /// Looks up an entry of four words for each lane by a key of a byte, the keys lying <paramref name="stride"/> bytes apart, and
    /// gives the words of all lanes as four planes.
    /// </summary>
    static abstract void LoadEntries(
        ulong* entries, byte* keys, int stride, out TVector first, out TVector second, out TVector third, out TVector fourth);

    /// <summary>Reads a word for each lane of the mask, in order; other lanes are 0. Reads up to 16 bytes beyond.</summary>
    /// <param name="mask">A mask.</param>
    /// <param name="shuffles"><see cref="WordMasks.Spread"/>.</param>
    /// <param name="next">The first word; moved past the last.</param>
    static abstract TVector Spread(TVector mask, byte* shuffles, ref ushort* next);

    /// <summary>Writes the words of the mask's lanes before a place, in order. Writes up to 16 bytes more before them.</summary>
    /// <param name="vector">The words.</param>
    /// <param name="mask">A mask.</param>
    /// <param name="shuffles"><see cref="WordMasks.Gather"/>.</param>
    /// <param name="end">Behind the last word; moved to the first.</param>
    static abstract void Gather(TVector vector, TVector mask, byte* shuffles, ref ushort* end);
}
