namespace Lacuna.Entropy;

/// <summary>Makes tables of zero-mean symmetric distributions of one shape and any deviation, integrated over integer bins.</summary>
/// <remarks>
/// <para>
/// A value is in the table where its frequency would be at least 1/16 of a unit, and one code more on each side, so that sources
/// with heavier tails do not meet the escape too soon. The shift is the smallest that brings this range to 127 codes.
/// </para>
/// <para>Class: exact (<see cref="ExactMath"/>, <see cref="Frequencies.Normalise"/>).</para>
/// </remarks>
static class ScaleTables
{
    const double SmallestShare = 1.0 / 16 / FrequencyTable.Total;

    /// <summary>The shape of a symmetric distribution.</summary>
    public interface IShape
    {
        /// <summary>Probability above z standard deviations, z being 0 or more.</summary>
        static abstract double Tail(double z);
    }

    /// <summary>Makes the table of a deviation.</summary>
    /// <param name="deviation">Above 0, and small enough for a shift of 7.</param>
    public static FrequencyTable Make<TShape>(double deviation)
        where TShape : IShape
    {
        int shift = 0;
        while (IsRepresented<TShape>(deviation, shift, -FrequencyTable.MaxCode)
            || IsRepresented<TShape>(deviation, shift, FrequencyTable.MaxCode))
        {
            shift++;
        }

        return Make<TShape>(deviation, shift, -Reach<TShape>(deviation, shift, -1), Reach<TShape>(deviation, shift, 1));
    }

    /// <summary>Makes the tables of several deviations.</summary>
    /// <param name="deviations">1 to <see cref="TableSet.MaxCount"/>, each above 0.</param>
    /// <param name="most">The largest that the shape takes.</param>
    /// <exception cref="ArgumentException">A deviation is outside its range, or there are too many.</exception>
    public static TableSet SetOf<TShape>(ReadOnlySpan<double> deviations, double most)
        where TShape : IShape
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviations.Length, TableSet.MaxCount, nameof(deviations));
        var tables = new FrequencyTable[deviations.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = deviations[i] > 0 && deviations[i] <= most
                ? Make<TShape>(deviations[i])
                : throw new ArgumentException($"Deviation {i} is {deviations[i]}; it must be above 0 and up to {most}.");
        }

        return new TableSet(tables);
    }

    static FrequencyTable Make<TShape>(double deviation, int shift, int first, int last)
        where TShape : IShape
    {
        // The tail beyond each edge between codes, on the edge's own side of 0.
        Span<double> tails = stackalloc double[last - first + 2];
        for (int i = 0; i < tails.Length; i++)
        {
            tails[i] = TShape.Tail(Math.Abs(((first + i) << shift) - 0.5) / deviation);
        }

        Span<double> weights = stackalloc double[last - first + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Between(first + i, tails[i], tails[i + 1]);
        }

        return FrequencyTable.FromWeights(first, weights, tails[0] + tails[^1], shift);
    }

    static bool IsRepresented<TShape>(double deviation, int shift, int code)
        where TShape : IShape =>
        Probability<TShape>(code, shift, deviation) >= SmallestShare * (1 << shift);

    /// <summary>The magnitude of the last code that the table holds on one side: the first whose share is too small.</summary>
    static int Reach<TShape>(double deviation, int shift, int sign)
        where TShape : IShape
    {
        int low = 1;
        int high = FrequencyTable.MaxCode;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = IsRepresented<TShape>(deviation, shift, sign * middle) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Probability that a symbol rounds to one of the values of a code.</summary>
    static double Probability<TShape>(int code, int shift, double deviation)
        where TShape : IShape => Between(
        code,
        TShape.Tail(Math.Abs((code << shift) - 0.5) / deviation),
        TShape.Tail(Math.Abs(((code + 1) << shift) - 0.5) / deviation));

    /// <summary>The same from the tails beyond the code's two edges; 0 lies within code 0 and on neither edge.</summary>
    static double Between(int code, double lowTail, double highTail) => code switch
    {
        > 0 => lowTail - highTail,
        0 => 1 - lowTail - highTail,
        < 0 => highTail - lowTail,
    };
}
