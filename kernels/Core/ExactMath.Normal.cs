namespace Lacuna.Kernels;

public static partial class ExactMath
{
    /// <summary>Greatest magnitude of an angle that <see cref="SinCos"/> tells apart.</summary>
    public const float AngleMax = 8192;

    // Bits of the square root of a half: mantissas are brought to [sqrt 1/2, sqrt 2), where the polynomial holds.
    internal const uint SqrtHalfBits = 0x3F3504F3;
    internal const uint MantissaMask = 0x007FFFFF;
    internal const float LeastNormal = 1.17549435e-38f;

    // Cephes, logf.
    internal const float LogTerm0 = 7.0376836292e-2f, LogTerm1 = -1.1514610310e-1f, LogTerm2 = 1.1676998740e-1f;
    internal const float LogTerm3 = -1.2420140846e-1f, LogTerm4 = 1.4249322787e-1f, LogTerm5 = -1.6668057665e-1f;
    internal const float LogTerm6 = 2.0000714765e-1f, LogTerm7 = -2.4999993993e-1f, LogTerm8 = 3.3333331174e-1f;
    internal const float LogLn2High = Ln2High, LogLn2Low = Ln2Low;

    // Cephes, sinf and cosf: pi / 4 in three parts, each of few bits, so that small multiples are exact.
    internal const float FourOverPi = 1.27323954473516f;
    internal const float QuarterPi0 = 0.78515625f, QuarterPi1 = 2.4187564849853515625e-4f, QuarterPi2 = 3.77489497744594108e-8f;
    internal const float Sin0 = -1.9515295891e-4f, Sin1 = 8.3321608736e-3f, Sin2 = -1.6666654611e-1f;
    internal const float Cos0 = 2.443315711809948e-5f, Cos1 = -1.388731625493765e-3f, Cos2 = 4.166664568298827e-2f;

    /// <summary>Natural logarithm.</summary>
    /// <param name="x">A normal number above 0; what is not counts as the least one, infinity as 2^128.</param>
    /// <returns>Within one unit in the last place of the true value.</returns>
    /// <remarks>
    /// <code>
    /// x = 2^e m, m in [sqrt 1/2, sqrt 2);  f = m - 1
    /// ln x = f + (f^3 p(f) + e low - f^2 / 2) + e high       low + high = ln 2
    /// </code>
    /// Source of the polynomial: S. Moshier, Cephes, logf; the fused operations are those that compilers make of its vector form.
    /// </remarks>
    public static float Log(float x)
    {
        x = x > LeastNormal ? x : LeastNormal;
        uint offset = BitConverter.SingleToUInt32Bits(x) - SqrtHalfBits;
        float e = (int)offset >> 23;
        float f = BitConverter.UInt32BitsToSingle((offset & MantissaMask) + SqrtHalfBits) - 1f;
        float square = f * f;

        float p = LogTerm0;
        p = MathF.FusedMultiplyAdd(p, f, LogTerm1);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm2);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm3);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm4);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm5);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm6);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm7);
        p = MathF.FusedMultiplyAdd(p, f, LogTerm8);
        p = MathF.FusedMultiplyAdd(p * f, square, e * LogLn2Low);
        p = MathF.FusedMultiplyAdd(square, -0.5f, p);
        return MathF.FusedMultiplyAdd(e, LogLn2High, f + p);
    }

    /// <summary>Sine and cosine.</summary>
    /// <param name="angle">In radians; beyond <see cref="AngleMax"/> either way it counts as that, NaN as the lower end.</param>
    /// <returns>Each within 2^-23 of the true value for angles of magnitude up to 4 pi; within 2^-20 for all.</returns>
    /// <remarks>
    /// The angle is brought to [-pi/4, pi/4] by an even multiple of pi/4, in three fma.
    /// Source: S. Moshier, Cephes, sinf and cosf; see <see cref="Log"/>.
    /// </remarks>
    public static (float Sine, float Cosine) SinCos(float angle)
    {
        angle = angle > -AngleMax ? angle : -AngleMax;
        angle = angle < AngleMax ? angle : AngleMax;
        float magnitude = MathF.Abs(angle);
        uint octant = ((uint)(magnitude * FourOverPi) + 1) & ~1u;
        float count = octant;
        magnitude = MathF.FusedMultiplyAdd(count, -QuarterPi0, magnitude);
        magnitude = MathF.FusedMultiplyAdd(count, -QuarterPi1, magnitude);
        magnitude = MathF.FusedMultiplyAdd(count, -QuarterPi2, magnitude);
        (float sine, float cosine) = SinCosFrom(octant, magnitude);
        return (MathF.CopySign(1f, angle) * sine, cosine);
    }

    /// <summary>Sine and cosine of <paramref name="octant"/> times pi/4 plus a rest.</summary>
    /// <param name="octant">Even; what is above the lowest three bits does not count.</param>
    /// <param name="rest">From -pi/4 to pi/4.</param>
    internal static (float Sine, float Cosine) SinCosFrom(uint octant, float rest)
    {
        float square = rest * rest;

        float cosine = Cos0;
        cosine = MathF.FusedMultiplyAdd(cosine, square, Cos1);
        cosine = MathF.FusedMultiplyAdd(cosine, square, Cos2);
        cosine = MathF.FusedMultiplyAdd(cosine * square, square, square * -0.5f) + 1f;

        float sine = Sin0;
        sine = MathF.FusedMultiplyAdd(sine, square, Sin1);
        sine = MathF.FusedMultiplyAdd(sine, square, Sin2);
        sine = MathF.FusedMultiplyAdd(sine * square, rest, rest);

        // A quarter turn swaps them; the cosine is the sine a quarter turn ahead.
        bool swapped = (octant & 2) != 0;
        float first = swapped ? cosine : sine;
        float second = swapped ? sine : cosine;
        return ((octant & 4) != 0 ? -first : first, ((octant + 2) & 4) != 0 ? -second : second);
    }
}
