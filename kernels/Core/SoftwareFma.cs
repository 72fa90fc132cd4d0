using System.Runtime.Intrinsics;

namespace Lacuna.Kernels;

/// <summary>Fused multiply-add of float vectors for processors that have none, an order faster than the C library's.</summary>
/// <remarks>
/// The product of two floats is exact in double. Its sum with a third is rounded to odd (where the sum is inexact, the
/// neighbour whose last bit is 1), and only then to float: with 53 bits before the 24, the second rounding is the right one,
/// denormals included.
/// <para>Source: S. Boldo, G. Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding
/// to odd", IEEE Trans. Computers 57(4), 2008.</para>
/// </remarks>
static class SoftwareFma
{
    /// <summary><c>x * y + sum</c> in every lane, rounded once, half to even.</summary>
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> sum)
    {
        (Vector128<double> xLow, Vector128<double> xHigh) = Vector128.Widen(x);
        (Vector128<double> yLow, Vector128<double> yHigh) = Vector128.Widen(y);
        (Vector128<double> sumLow, Vector128<double> sumHigh) = Vector128.Widen(sum);
        return Vector128.Narrow(AddToOdd(xLow * yLow, sumLow), AddToOdd(xHigh * yHigh, sumHigh));
    }

    static Vector128<double> AddToOdd(Vector128<double> left, Vector128<double> right)
    {
        // Knuth's TwoSum: left + right = rounded + error exactly. No double here overflows, being a product of two floats.
        Vector128<double> rounded = left + right;
        Vector128<double> tail = rounded - left;
        Vector128<double> error = (left - (rounded - tail)) + (right - tail);

        // An infinity makes the error NaN, which is not above zero: then nothing is moved.
        Vector128<ulong> bits = rounded.AsUInt64();
        Vector128<ulong> inexact = Vector128.GreaterThan(Vector128.Abs(error), Vector128<double>.Zero).AsUInt64();
        Vector128<ulong> even = (bits & Vector128<ulong>.One) - Vector128<ulong>.One;

        // The bits of a double grow with its magnitude: one up where error and sum agree in sign, one down where they do not.
        Vector128<ulong> opposite = (error.AsUInt64() ^ bits) >>> 63;
        Vector128<ulong> step = Vector128<ulong>.One - opposite - opposite;
        return (bits + (step & inexact & even)).AsDouble();
    }
}
