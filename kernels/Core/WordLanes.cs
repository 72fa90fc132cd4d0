namespace Lacuna.Kernels;

/// <summary>The operations on 16-bit lanes that rANS in planes is made of, at one vector width.</summary>
/// <remarks>Each is the same operation on every lane at every width. A mask is all ones or all zeros in a lane.</remarks>
unsafe interface IWordLanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Lanes of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ushort* source);

    static abstract void Store(TVector vector, ushort* destination);

    static abstract TVector Broadcast(ushort value);

    /// <summary>Loads as many bytes as there are lanes.</summary>
    static abstract TVector Widen(byte* source);

    static abstract TVector And(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary><c>value</c> where the mask is zero, else 0.</summary>
    static abstract TVector AndNot(TVector value, TVector mask);

    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector MultiplyLow(TVector left, TVector right);

    static abstract TVector MultiplyHigh(TVector left, TVector right);

    /// <summary>1 where <c>left + right = sum</c> left the 16 bits, else 0.</summary>
    static abstract TVector Carry(TVector left, TVector right, TVector sum);

    static abstract TVector ShiftLeft8(TVector value);

    static abstract TVector ShiftRight8(TVector value);

    /// <summary>The high byte, its sign kept.</summary>
    static abstract TVector SignedShiftRight8(TVector value);

    /// <summary>All ones where the sign is set.</summary>
    static abstract TVector Signs(TVector value);

    /// <summary>Shifts each lane by a number of its own, 0 to 7.</summary>
    static abstract TVector ShiftLeft(TVector value, TVector bits);

    /// <inheritdoc cref="ShiftLeft"/>
    static abstract TVector ShiftRight(TVector value, TVector bits);

    static abstract bool AnyEqual(TVector left, TVector right);

    /// <summary>Interleaves the lower halves of 128-bit blocks.</summary>
    static abstract TVector UnpackLow(TVector left, TVector right);

    /// <summary>Interleaves the upper halves of 128-bit blocks.</summary>
    static abstract TVector UnpackHigh(TVector left, TVector right);

    /// <summary>Joins the lower 64 bits of 128-bit blocks.</summary>
    static abstract TVector UnpackLow64(TVector left, TVector right);

    /// <summary>Joins the upper 64 bits of 128-bit blocks.</summary>
    static abstract TVector UnpackHigh64(TVector left, TVector right);

    /// <summary>Where <paramref name="high"/> is 0: <c>high = low</c>, and low the next of the words.</summary>
    /// <param name="low">The low half of 32-bit states; updated.</param>
    /// <param name="high">The high half; updated.</param>
    /// <param name="words">As many words as there are lanes can be read.</param>
    /// <param name="shuffles"><see cref="WordShuffles.Rows"/>.</param>
    /// <returns>Words taken.</returns>
    static abstract int Refill(ref TVector low, ref TVector high, ushort* words, byte* shuffles);
}
