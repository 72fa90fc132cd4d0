namespace Lacuna.Sampling;

/// <summary>Functions in double that give the same bits on every machine: only + - * / in one order, no platform library.</summary>
/// <remarks>Source: Sun Microsystems, fdlibm, e_log.c, k_sin.c and k_cos.c; within one unit in the last place.</remarks>
static class DoubleMath
{
    const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;
    const double QuarterTurnHigh = 1.57079632673412561417, QuarterTurnLow = 6.07710050650619224932e-11;

    /// <summary>Natural logarithm of a normal number above 0.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        double f = mantissa - 1;
        double s = f / (2 + f);
        double z = s * s;
        double p = 1.479819860511658591e-01;
        p = 1.531383769920937332e-01 + (z * p);
        p = 1.818357216161805012e-01 + (z * p);
        p = 2.222219843214978396e-01 + (z * p);
        p = 2.857142874366239149e-01 + (z * p);
        p = 3.999999999940941908e-01 + (z * p);
        p = 6.666666666666735130e-01 + (z * p);
        double halfSquare = 0.5 * f * f;
        return (exponent * Ln2High) - (halfSquare - ((s * (halfSquare + (z * p))) + (exponent * Ln2Low)) - f);
    }

    /// <summary>Sine and cosine of an angle from 0 to 1000.</summary>
    public static (double Sine, double Cosine) SinCos(double angle)
    {
        int quarter = (int)((angle * (2 / Math.PI)) + 0.5);
        double rest = angle - (quarter * QuarterTurnHigh) - (quarter * QuarterTurnLow);
        double z = rest * rest;

        double s = 1.58969099521155010221e-10;
        s = -2.50507602534068634195e-08 + (z * s);
        s = 2.75573137070700676789e-06 + (z * s);
        s = -1.98412698298579493134e-04 + (z * s);
        s = 8.33333333332248946124e-03 + (z * s);
        s = -1.66666666666666324348e-01 + (z * s);
        s = rest + (rest * z * s);

        double c = -1.13596475577881948265e-11;
        c = 2.08757232129817482790e-09 + (z * c);
        c = -2.75573143513906633035e-07 + (z * c);
        c = 2.48015872894767294178e-05 + (z * c);
        c = -1.38888888888741095749e-03 + (z * c);
        c = 4.16666666666666019037e-02 + (z * c);
        double half = 0.5 * z;
        double one = 1 - half;
        c = one + (1 - one - half + (z * z * c));

        return (quarter & 3) switch
        {
            0 => (s, c),
            1 => (c, -s),
            2 => (-s, -c),
            _ => (-c, s),
        };
    }
}
