namespace Lacuna.Cli.Metrics;

/// <summary>A file's size and its quality.</summary>
/// <param name="Rate">Bits a pixel, or any measure of size; above 0.</param>
/// <param name="Quality">Decibels, or any measure that rises with quality.</param>
readonly record struct RatePoint(double Rate, double Quality);

/// <summary>Bjontegaard's mean difference of rate at equal quality between two codecs.</summary>
/// <remarks>
/// <c>100 (exp(mean over q of (ln R_test(q) - ln R_anchor(q))) - 1)</c>, q over the qualities that both curves reach, ln R(q)
/// by piecewise cubic interpolation (<see cref="Pchip"/>). Source: G. Bjontegaard, VCEG-M33 (2001) and VCEG-AI11 (2008), with
/// the piecewise interpolation of JCTVC-L1100 in place of one cubic, which may swing between points.
/// </remarks>
static class BdRate
{
    /// <summary>Compares two curves.</summary>
    /// <param name="anchor">Points of the codec compared with, in any order; two or more of different quality.</param>
    /// <param name="test">Points of the codec in question.</param>
    /// <returns>Percent of rate that the test takes more (above 0) or less (below 0) than the anchor.</returns>
    /// <exception cref="ArgumentException">A rate is not above 0, a value is not finite, two points of a curve have one quality,
    /// or no quality is reached by both curves.</exception>
    public static double Percent(IEnumerable<RatePoint> anchor, IEnumerable<RatePoint> test)
    {
        RatePoint[] a = Sorted(anchor);
        RatePoint[] b = Sorted(test);
        double low = Math.Max(a[0].Quality, b[0].Quality);
        double high = Math.Min(a[^1].Quality, b[^1].Quality);
        if (!(high > low))
        {
            throw new ArgumentException("The two curves have no range of quality in common.");
        }

        double difference = (Curve(b).Integral(low, high) - Curve(a).Integral(low, high)) / (high - low);
        return 100 * (Math.Exp(difference) - 1);
    }

    static RatePoint[] Sorted(IEnumerable<RatePoint> points)
    {
        RatePoint[] sorted = [.. points.OrderBy(point => point.Quality)];
        return sorted.Length >= 2 && sorted.All(point => point.Rate > 0 && double.IsFinite(point.Rate) && double.IsFinite(point.Quality))
            ? sorted
            : throw new ArgumentException("A curve needs two points or more, with rates above 0 and finite qualities.");
    }

    static Pchip Curve(RatePoint[] points) =>
        new([.. points.Select(point => point.Quality)], [.. points.Select(point => Math.Log(point.Rate))]);
}
