namespace Lacuna.Kernels;

/// <summary>Elementary functions whose bits are the same on every processor and system.</summary>
/// <remarks>
/// Float32 operations that round correctly, in a fixed order; nothing of the platform's mathematics library. Class: exact.
/// </remarks>
public static partial class ExactMath
{
    /// <summary>Least argument that <see cref="Exp"/> tells apart: the result is still a normal number.</summary>
    public const float ExpMin = -87;

    /// <summary>Greatest argument that <see cref="Exp"/> tells apart: the result is still finite.</summary>
    public const float ExpMax = 88;

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
}
