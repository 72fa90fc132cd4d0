using Lacuna.Entropy;

namespace Lacuna.Sampling;

/// <summary>Functions that coefficients are made of: the same doubles on every machine.</summary>
static class PlanMath
{
    const double LeastNormal = 2.2250738585072014e-308;
    const double HalfPi = 1.5707963267948966;

    /// <summary>e to the power of x; 0 at minus infinity.</summary>
    public static double Exp(double x) => ExactMath.Exp(x);

    /// <summary>Natural logarithm of a number of 0 or more; minus infinity at 0 and below the normal numbers.</summary>
    public static double Log(double x) =>
        x < LeastNormal ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : DoubleMath.Log(x);

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

    /// <summary>Arc tangent of a ratio of two numbers of 0 or more, not both 0: from 0 to pi / 2.</summary>
    public static double Atan2(double y, double x)
    {
        // Newton's iteration on the angle: sine and cosine are as exact as the last bit.
        double length = Math.Sqrt((x * x) + (y * y));
        double angle = y > x ? HalfPi - (x / length) : y / length;
        for (int i = 0; i < 8; i++)
        {
            (double sine, double cosine) = DoubleMath.SinCos(angle);
            angle = Math.Clamp(angle + (((y * cosine) - (x * sine)) / length), 0, HalfPi);
        }

        return angle;
    }
}
