namespace Lacuna.Entropy;

/// <summary>The built-in set of <see cref="TableSet.Gaussian"/>: zero-mean Gaussians integrated over integer bins.</summary>
/// <remarks>
/// <para>
/// A value is in the table where its frequency would be at least 1/16 of a unit, and one code more on each side, so that sources
/// with heavier tails than a Gaussian do not meet the escape too soon. The shift is the smallest that brings this range to 127 codes.
/// The loss against the ideal Gaussian is below 0.1 % from a deviation of 0.3 on.
/// </para>
/// <para>Class: exact (<see cref="ExactMath"/>, <see cref="Frequencies.Normalise"/>): the tables are part of the format.</para>
/// </remarks>
public static class GaussianTables
{
    /// <summary>Number of tables.</summary>
    public const int Count = 64;

    /// <summary>The smallest deviation, that of table 0.</summary>
    public const double FirstDeviation = 0.11;

    /// <summary>Natural logarithm of the ratio of neighbouring deviations: ln(256 / 0.11) / 63.</summary>
    public const double LogStep = 7.752452357669283 / (Count - 1);

    const double SmallestShare = 1.0 / 16 / FrequencyTable.Total;
    const double InverseSqrt2 = 0.7071067811865476;

    /// <summary>The tables.</summary>
    internal static TableSet Set { get; } = new(Enumerable.Range(0, Count).Select(i => Make(Deviation(i))).ToArray());

    /// <summary>Standard deviation of a table: 0.11 exp(i LogStep), 0.11 to 256.</summary>
    /// <param name="table">0 to 63.</param>
    public static double Deviation(int table) => FirstDeviation * ExactMath.Exp(table * LogStep);

    /// <summary>Makes the table of a zero-mean Gaussian.</summary>
    /// <param name="deviation">Standard deviation, above 0 and up to 4096.</param>
    /// <exception cref="ArgumentException">The deviation is outside this range.</exception>
    public static FrequencyTable Make(double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviation, 4096);
        int shift = 0;
        while (IsRepresented(deviation, shift, -FrequencyTable.MaxCode) || IsRepresented(deviation, shift, FrequencyTable.MaxCode))
        {
            shift++;
        }

        return Make(deviation, shift, -Reach(deviation, shift, -1), Reach(deviation, shift, 1));
    }

    static FrequencyTable Make(double deviation, int shift, int first, int last)
    {
        // The tail beyond each edge between codes, on the edge's own side of 0.
        Span<double> tails = stackalloc double[last - first + 2];
        for (int i = 0; i < tails.Length; i++)
        {
            tails[i] = Tail(Math.Abs(((first + i) << shift) - 0.5) / deviation);
        }

        Span<double> weights = stackalloc double[last - first + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Between(first + i, tails[i], tails[i + 1]);
        }

        return FrequencyTable.FromWeights(first, weights, tails[0] + tails[^1], shift);
    }

    static bool IsRepresented(double deviation, int shift, int code) =>
        Probability(code, shift, deviation) >= SmallestShare * (1 << shift);

    /// <summary>The magnitude of the last code that the table holds on one side: the first whose share is too small.</summary>
    static int Reach(double deviation, int shift, int sign)
    {
        int low = 1;
        int high = FrequencyTable.MaxCode;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = IsRepresented(deviation, shift, sign * middle) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Probability that a Gaussian rounds to one of the values of a code.</summary>
    static double Probability(int code, int shift, double deviation) => Between(
        code,
        Tail(Math.Abs((code << shift) - 0.5) / deviation),
        Tail(Math.Abs(((code + 1) << shift) - 0.5) / deviation));

    /// <summary>The same from the tails beyond the code's two edges; 0 lies within code 0 and on neither edge.</summary>
    static double Between(int code, double lowTail, double highTail) => code switch
    {
        > 0 => lowTail - highTail,
        0 => 1 - lowTail - highTail,
        < 0 => highTail - lowTail,
    };

    /// <summary>Probability above z of the standard Gaussian, z being 0 or more.</summary>
    static double Tail(double z) => 0.5 * ExactMath.Erfc(z * InverseSqrt2);
}
