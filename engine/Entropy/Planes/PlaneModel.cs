using System.Numerics;

namespace Lacuna.Entropy;

/// <summary>What <see cref="LosslessPlane"/> knows before a sample: a prediction, and the contexts in which its error is coded.</summary>
/// <remarks>
/// <code>
///   NW N NE      prediction  median of W, N, W + N - NW
///   W  x         activity    |W - NW| + |NW - N| + |N - NE|, by its bit length
/// </code>
/// <para>
/// Samples outside: above the first row stands W, left of the first column stands N, right of the last column stands N, and
/// before the first sample stands 0. Mattes are mostly 0 and 255, so these predictions have contexts of their own.
/// </para>
/// <para>Source: M. Weinberger et al., "The LOCO-I lossless image compression algorithm", 2000.</para>
/// </remarks>
sealed class PlaneModel
{
    /// <summary>Bits of the bit length of an error's magnitude, which is 1 to 128.</summary>
    public const int LengthBits = 3;

    const int Activities = 7;
    const int Levels = 3;
    const int Contexts = Activities * Levels;

    readonly AdaptiveBit[] zero = new AdaptiveBit[2 * Contexts];
    readonly AdaptiveBit[] sign = new AdaptiveBit[Contexts];
    readonly AdaptiveBit[] lengths = new AdaptiveBit[Contexts << LengthBits];
    readonly AdaptiveBit[] mantissas = new AdaptiveBit[8 << 7];

    /// <summary>The sample that the neighbours suggest.</summary>
    public byte Prediction { get; private set; }

    int context;
    bool lastWasExact = true;

    /// <summary>Whether the error is other than 0.</summary>
    public ref AdaptiveBit Zero => ref zero[(2 * context) + (lastWasExact ? 1 : 0)];

    /// <summary>Whether the error is below 0.</summary>
    public ref AdaptiveBit Sign => ref sign[context];

    /// <summary>Tree of floor(log2(magnitude)).</summary>
    public Span<AdaptiveBit> Lengths => lengths.AsSpan(context << LengthBits, 1 << LengthBits);

    /// <summary>Tree of the bits below the magnitude's first.</summary>
    /// <param name="length">floor(log2(magnitude)).</param>
    public Span<AdaptiveBit> Mantissa(int length) => mantissas.AsSpan(length << 7, 1 << length);

    /// <summary>Forgets all that it has learnt.</summary>
    public void Reset()
    {
        Array.Clear(zero);
        Array.Clear(sign);
        Array.Clear(lengths);
        Array.Clear(mantissas);
        lastWasExact = true;
    }

    /// <summary>Looks at the neighbours of a sample.</summary>
    /// <param name="above">The row above; empty above the first.</param>
    /// <param name="row">The row of the sample, known up to it.</param>
    /// <param name="x">The sample's column.</param>
    public void Look(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, int x)
    {
        int west = x > 0 ? row[x - 1] : above.IsEmpty ? 0 : above[0];
        int north = above.IsEmpty ? west : above[x];
        int northWest = above.IsEmpty ? west : above[Math.Max(x - 1, 0)];
        int northEast = above.IsEmpty ? west : above[Math.Min(x + 1, row.Length - 1)];

        int low = Math.Min(west, north);
        int high = Math.Max(west, north);
        Prediction = (byte)Math.Clamp(west + north - northWest, low, high);

        int activity = Math.Abs(west - northWest) + Math.Abs(northWest - north) + Math.Abs(north - northEast);
        int level = Prediction switch { 0 => 0, 255 => 1, _ => 2 };
        context = (Math.Min(BitOperations.Log2((uint)activity + 1), Activities - 1) * Levels) + level;
    }

    /// <summary>Remembers whether the prediction was right.</summary>
    public void Learn(bool exact) => lastWasExact = exact;
}
