using Lacuna.Entropy;

namespace Lacuna.Sampling;

/// <summary>Functions that coefficients are made of: the same doubles on every machine.</summary>
static class PlanMath
{
    const double Ln2 = 0.6931471805599453;
    const double HalfPi = 1.5707963267948966;

    /// <summary>e to the power of x; 0 at minus infinity.</summary>
    public static double Exp(double x) => ExactMath.Exp(x);

    /// <summary>Natural logarithm of a number of 0 or more; minus infinity at 0.</summary>
    public static double Log(double x) =>
        x == 0 ? double.NegativeInfinity
        : double.IsPositiveInfinity(x) ? x
        : x < double.MinValue * -1 && x >= 2.2250738585072014e-308 ? ExactMath.Log2(x) * Ln2
        : (ExactMath.Log2(x * 1.8446744073709552e19) - 64) * Ln2;

    /// <summary>e^x - 1 without loss near 0.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Exp(x) - 1;
        }

        double sum = 1;
        for (int i = 16; i > 1; i--)
        {
            sum = 1 + (x * sum / i);
        }

        return x * sum;
    }

    /// <summary>A number of 0 or more to a real power.</summary>
    public static double Pow(double x, double power) =>
        power == 1 ? x
        : power == 2 ? x * x
        : x == 0 ? (power == 0 ? 1 : 0)
        : Exp(power * Log(x));

    /// <summary>Sine of an angle from 0 to pi / 2.</summary>
    public static double Sin(double x) => x > HalfPi / 2 ? CosSeries(HalfPi - x) : SinSeries(x);

    /// <summary>Cosine of an angle from 0 to pi / 2.</summary>
    public static double Cos(double x) => x > HalfPi / 2 ? SinSeries(HalfPi - x) : CosSeries(x);

    /// <summary>Arc tangent of a ratio of two numbers of 0 or more, not both 0: from 0 to pi / 2.</summary>
    public static double Atan2(double y, double x)
    {
        // Newton's iteration on the angle: sine and cosine are as exact as the last bit.
        double length = Math.Sqrt((x * x) + (y * y));
        double angle = y > x ? HalfPi - (x / length) : y / length;
        for (int i = 0; i < 8; i++)
        {
            angle = Math.Clamp(angle + (((y * Cos(angle)) - (x * Sin(angle))) / length), 0, HalfPi);
        }

        return angle;
    }

    static double SinSeries(double x)
    {
        double sum = 1;
        for (int i = 22; i > 0; i -= 2)
        {
            sum = 1 - (x * x * sum / (i * (i + 1)));
        }

        return x * sum;
    }

    static double CosSeries(double x)
    {
        double sum = 1;
        for (int i = 22; i > 0; i -= 2)
        {
            sum = 1 - (x * x * sum / (i * (i - 1)));
        }

        return sum;
    }
}
