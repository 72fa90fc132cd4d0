namespace Lacuna.Kernels;

/// <summary>Elementary functions whose bits are the same on every processor and system.</summary>
/// <remarks>
/// Operations that round correctly, in a fixed order; nothing of the platform's mathematics library. Class: exact.
/// </remarks>
public static partial class ExactMath
{
    /// <summary>Least argument that <see cref="Exp"/> tells apart: the result is still a normal number.</summary>
    public const float ExpMin = -87;

    /// <summary>Greatest argument that <see cref="Exp"/> tells apart: the result is still finite.</summary>
    public const float ExpMax = 88;

    /// <summary>Natural logarithm of 2.</summary>
    internal const double Ln2 = 0.6931471805599453;

    const float Log2E = 1.44269502f;

    // ln 2 in two parts; the first is 355 / 512, so that n times it is exact.
    const float Ln2High = 0.693359375f;
    const float Ln2Low = -2.12194440e-4f;

    /// <summary>e to the power <paramref name="x"/>.</summary>
    /// <param name="x">
    /// Any value; below <see cref="ExpMin"/> or NaN it counts as <see cref="ExpMin"/>, above <see cref="ExpMax"/> as that.
    /// </param>
    /// <returns>Positive and finite; within one unit in the last place of the true value for arguments in range.</returns>
    /// <remarks>
    /// <code>
    /// n = roundHalfToEven(x * log2 e);  r = x - n ln 2  (in two fma);  e^x = 2^n (1 + r + r^2 p(r))
    /// </code>
    /// Source of the polynomial: S. Moshier, Cephes, expf.
    /// </remarks>
    public static float Exp(float x)
    {
        x = x > ExpMin ? x : ExpMin;
        x = x < ExpMax ? x : ExpMax;

        float n = MathF.Round(x * Log2E, MidpointRounding.ToEven);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, x);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);

        float p = 1.9875691500e-4f;
        p = MathF.FusedMultiplyAdd(p, r, 1.3981999507e-3f);
        p = MathF.FusedMultiplyAdd(p, r, 8.3334519073e-3f);
        p = MathF.FusedMultiplyAdd(p, r, 4.1665795894e-2f);
        p = MathF.FusedMultiplyAdd(p, r, 1.6666665459e-1f);
        p = MathF.FusedMultiplyAdd(p, r, 5.0000001201e-1f);
        p = MathF.FusedMultiplyAdd(p, r * r, r) + 1f;

        return p * BitConverter.Int32BitsToSingle(((int)n + 127) << 23);
    }

    /// <summary>Base-2 logarithm of a positive normal number, for tables that are made once.</summary>
    /// <returns>Relative error below 1e-13; doubles with + - * / in one order.</returns>
    public static double Log2(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh t with t = (m - 1) / (m + 1), |t| < 0.172.
        double t = (mantissa - 1) / (mantissa + 1);
        double square = t * t;
        double sum = 0;
        for (int i = 21; i > 0; i -= 2)
        {
            sum = (sum * square) + (1.0 / i);
        }

        return exponent + (2 * t * sum / Ln2);
    }
}
