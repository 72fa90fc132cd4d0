using Lacuna.Cli.Metrics;

namespace Lacuna.Perf.RateDistortion;

/// <summary>A measure of quality, in dB.</summary>
enum Metric
{
    /// <summary>Mean over pictures of the PSNR over all RGB samples.</summary>
    Psnr,

    /// <summary>-10 log10(1 - m), m the mean over pictures of MS-SSIM.</summary>
    MsSsim,
}

/// <summary>A codec's rate and quality, averaged over pictures at each setting; the way CompressAI draws its curves.</summary>
/// <param name="Points">Ascending in rate; bits a pixel and dB.</param>
/// <param name="Published">Whether the points are an author's figures and were not measured here.</param>
sealed record Curve(string Name, IReadOnlyList<RatePoint> Points, bool Published = false)
{
    /// <summary>Averages one codec's measurements.</summary>
    public static Curve Of(string codec, IEnumerable<Measurement> measurements, Metric metric) => new(
        codec,
        [.. measurements.Where(m => m.Codec == codec).GroupBy(m => m.Setting).Select(group => new RatePoint(
                group.Average(m => m.BitsPerPixel),
                metric == Metric.Psnr ? group.Average(m => m.Psnr) : Cli.Metrics.MsSsim.ToDecibels(group.Average(m => m.MsSsim))))
            .OrderBy(point => point.Rate)]);

    /// <summary>Quality at a rate, interpolated over the logarithm of the rate; null outside the curve.</summary>
    public double? At(double rate)
    {
        if (rate < Points[0].Rate || rate > Points[^1].Rate)
        {
            return null;
        }

        // A curve gives integrals only; over so short a stretch the mean is the value.
        double from = Math.Max(Math.Log(rate) - 1e-4, Math.Log(Points[0].Rate));
        double to = Math.Min(Math.Log(rate) + 1e-4, Math.Log(Points[^1].Rate));
        return OverRate().Integral(from, to) / (to - from);
    }

    /// <summary>The part of the curve between two rates, its ends interpolated; null where the curve does not reach in.</summary>
    public Curve? Between(double low, double high)
    {
        low = Math.Max(low, Points[0].Rate);
        high = Math.Min(high, Points[^1].Rate);
        if (low >= high)
        {
            return null;
        }

        RatePoint End(double rate) => new(rate, At(rate)!.Value);
        return this with { Points = [End(low), .. Points.Where(p => p.Rate > low * 1.001 && p.Rate < high / 1.001), End(high)] };
    }

    /// <summary>Percent of rate that this curve takes more (above 0) or less at another's quality; null where they share none.</summary>
    public double? Against(Curve anchor)
    {
        try
        {
            return BdRate.Percent(anchor.Points, Points);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    Pchip OverRate() => new([.. Points.Select(p => Math.Log(p.Rate))], [.. Points.Select(p => p.Quality)]);
}
