namespace Lacuna.Entropy;

/// <summary>Functions whose double results are the same bits on every machine: only + - * / in one order, no platform library.</summary>
/// <remarks>Relative error below 1e-13, far more than frequencies of 16 bits need; what counts is that it never varies.</remarks>
static class ExactMath
{
    const double Ln2 = 0.6931471805599453;
    const double Ln2High = 0.693147180369123816490; // 32 bits, so that multiples up to 2^20 are exact
    const double Ln2Low = 1.90821492927058770002e-10;
    const double InverseSqrtPi = 0.5641895835477563;

    /// <summary>e to the power of x, for x from -700 to 700; 0 below.</summary>
    public static double Exp(double x)
    {
        if (x < -700)
        {
            return 0;
        }

        double power = Math.Floor((x / Ln2) + 0.5);
        double rest = (x - (power * Ln2High)) - (power * Ln2Low);
        double sum = 1;
        for (int i = 14; i > 0; i--)
        {
            sum = 1 + (rest * sum / i);
        }

        return sum * BitConverter.Int64BitsToDouble((1023 + (long)power) << 52);
    }

    /// <inheritdoc cref="Kernels.ExactMath.Log2"/>
    public static double Log2(double x) => Kernels.ExactMath.Log2(x);

    /// <summary>Complementary error function for x of 0 and above.</summary>
    /// <remarks>
    /// Below 2 the positive series erf x = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!; from 2 on the continued fraction
    /// (Abramowitz and Stegun 7.1.6 and 7.1.14).
    /// </remarks>
    public static double Erfc(double x)
    {
        double scale = Exp(-x * x) * InverseSqrtPi;
        if (x < 2)
        {
            double term = x;
            double sum = x;
            for (int n = 1; n < 40; n++)
            {
                term = term * (2 * x * x) / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 * scale * sum);
        }

        double fraction = x;
        for (int n = 40; n > 0; n--)
        {
            fraction = x + (0.5 * n / fraction);
        }

        return scale / fraction;
    }
}
