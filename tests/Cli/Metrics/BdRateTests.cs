using Lacuna.Cli.Metrics;

namespace Lacuna.Tests.Cli.Metrics;

public class BdRateTests
{
    static readonly RatePoint[] Anchor = [new(0.25, 28.1), new(0.5, 30.9), new(1.0, 34.2), new(2.0, 38.4)];

    [Theory]
    [InlineData(0.8, -20)]
    [InlineData(1, 0)]
    [InlineData(1.5, 50)]
    public void A_rate_scaled_everywhere_is_that_many_percent(double factor, double percent) =>
        Assert.Equal(percent, BdRate.Percent(Anchor, Anchor.Select(point => point with { Rate = factor * point.Rate })), 1e-9);

    /// <remarks>By hand: ln R is straight over quality in both; test lies ln 2 lower at 30 and level at 40: ln 2 / 2 on
    /// average.</remarks>
    [Fact]
    public void Straight_lines_give_the_mean_of_their_distance()
    {
        RatePoint[] anchor = [new(1, 30), new(Math.E, 40)];
        RatePoint[] test = [new(0.5, 30), new(Math.E, 40)];
        Assert.Equal(100 * (Math.Sqrt(0.5) - 1), BdRate.Percent(anchor, test), 1e-9);
    }

    /// <remarks>The value comes from an independent computation in NumPy: Hermite pieces at two million points, trapezoids.</remarks>
    [Fact]
    public void Crossing_curves_agree_with_an_independent_computation()
    {
        RatePoint[] test = [new(1.7, 38.9), new(0.2, 28.0), new(0.83, 34.0), new(0.41, 31.2)];
        Assert.Equal(-18.15781167153332, BdRate.Percent(Anchor, test), 1e-7);
    }

    [Fact]
    public void Curves_without_a_common_quality_or_with_bad_points_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BdRate.Percent(Anchor, [new(1, 40), new(2, 50)]));
        Assert.Throws<ArgumentException>(() => BdRate.Percent(Anchor, [new(1, 30)]));
        Assert.Throws<ArgumentException>(() => BdRate.Percent(Anchor, [new(0, 30), new(1, 35)]));
        Assert.Throws<ArgumentException>(() => BdRate.Percent(Anchor, [new(1, 30), new(2, 30), new(3, 35)]));
    }

    [Fact]
    public void The_curve_passes_through_its_points_and_does_not_swing()
    {
        var curve = new Pchip([0, 1, 2, 3], [0, 0, 1, 1]);
        Assert.Equal(0, curve.Integral(0, 1), 1e-12);
        Assert.Equal(0.5, curve.Integral(1, 2), 1e-12);
        Assert.Equal(1, curve.Integral(2, 3), 1e-12);
    }
}
