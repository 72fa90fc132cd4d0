using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

/// <summary>The functions of <see cref="ExactMath"/> on vectors: the same operations in the same order in every lane.</summary>
static class LaneMath<TLanes, TWordLanes, TVector, TWords>
    where TLanes : ILanes<TVector>
    where TWordLanes : IWordLanes<TVector, TWords>
    where TVector : unmanaged
    where TWords : unmanaged
{
    /// <summary><see cref="ExactMath.Log"/> of normal numbers above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector x)
    {
        TWords offset = TWordLanes.Add(TWordLanes.Bits(x), TWordLanes.Broadcast(unchecked(0 - ExactMath.SqrtHalfBits)));
        TVector e = TWordLanes.ToFloats(TWordLanes.ShiftRightSigned(offset, 23));
        TWords mantissa = TWordLanes.And(offset, TWordLanes.Broadcast(ExactMath.MantissaMask));
        mantissa = TWordLanes.Add(mantissa, TWordLanes.Broadcast(ExactMath.SqrtHalfBits));
        TVector f = TLanes.Add(TWordLanes.FromBits(mantissa), TLanes.Broadcast(-1f));
        TVector square = TWordLanes.Multiply(f, f);

        TVector p = TLanes.Broadcast(ExactMath.LogTerm0);
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm1));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm2));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm3));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm4));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm5));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm6));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm7));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(ExactMath.LogTerm8));
        TVector low = TWordLanes.Multiply(e, TLanes.Broadcast(ExactMath.LogLn2Low));
        p = TLanes.MultiplyAdd(TWordLanes.Multiply(p, f), square, low);
        p = TLanes.MultiplyAdd(square, TLanes.Broadcast(-0.5f), p);
        return TLanes.MultiplyAdd(e, TLanes.Broadcast(ExactMath.LogLn2High), TLanes.Add(f, p));
    }

    /// <summary><see cref="ExactMath.SinCos"/> of angles from 0 to <see cref="ExactMath.AngleMax"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Sine, TVector Cosine) SinCos(TVector angle)
    {
        TWords octant = TWordLanes.Truncate(TWordLanes.Multiply(angle, TLanes.Broadcast(ExactMath.FourOverPi)));
        octant = TWordLanes.And(TWordLanes.Add(octant, TWordLanes.Broadcast(1)), TWordLanes.Broadcast(~1u));
        TVector count = TWordLanes.ToFloats(octant);
        angle = TLanes.MultiplyAdd(count, TLanes.Broadcast(-ExactMath.QuarterPi0), angle);
        angle = TLanes.MultiplyAdd(count, TLanes.Broadcast(-ExactMath.QuarterPi1), angle);
        angle = TLanes.MultiplyAdd(count, TLanes.Broadcast(-ExactMath.QuarterPi2), angle);
        return SinCosFrom(octant, angle);
    }

    /// <summary><see cref="ExactMath.SinCosFrom"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Sine, TVector Cosine) SinCosFrom(TWords octant, TVector rest)
    {
        TVector square = TWordLanes.Multiply(rest, rest);

        TVector cosine = TLanes.Broadcast(ExactMath.Cos0);
        cosine = TLanes.MultiplyAdd(cosine, square, TLanes.Broadcast(ExactMath.Cos1));
        cosine = TLanes.MultiplyAdd(cosine, square, TLanes.Broadcast(ExactMath.Cos2));
        TVector half = TWordLanes.Multiply(square, TLanes.Broadcast(-0.5f));
        cosine = TLanes.Add(TLanes.MultiplyAdd(TWordLanes.Multiply(cosine, square), square, half), TLanes.Broadcast(1f));

        TVector sine = TLanes.Broadcast(ExactMath.Sin0);
        sine = TLanes.MultiplyAdd(sine, square, TLanes.Broadcast(ExactMath.Sin1));
        sine = TLanes.MultiplyAdd(sine, square, TLanes.Broadcast(ExactMath.Sin2));
        sine = TLanes.MultiplyAdd(TWordLanes.Multiply(sine, square), rest, rest);

        TWords swapped = TWordLanes.ShiftLeft(octant, 30);
        TWords ahead = TWordLanes.Add(octant, TWordLanes.Broadcast(2));
        TVector first = TWordLanes.Choose(swapped, cosine, sine);
        TVector second = TWordLanes.Choose(swapped, sine, cosine);
        return (WithSign(first, octant), WithSign(second, ahead));
    }

    /// <summary>Turned to its negative where bit 2 of the octant is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector WithSign(TVector value, TWords octant)
    {
        TWords sign = TWordLanes.And(TWordLanes.ShiftLeft(octant, 29), TWordLanes.Broadcast(0x8000_0000));
        return TWordLanes.FromBits(TWordLanes.Xor(TWordLanes.Bits(value), sign));
    }
}
