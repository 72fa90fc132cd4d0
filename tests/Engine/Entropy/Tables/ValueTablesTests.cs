using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>Tables from weights and cumulative frequencies of any number of values.</summary>
public class ValueTablesTests
{
    [Fact]
    public void Narrow_cumulative_frequencies_are_kept_to_the_unit()
    {
        FrequencyTable table = ValueTables.FromCumulative(-1, [0, 10000, 50000, 65000, 65536]);
        Assert.Equal(0, table.Shift);
        Assert.Equal(536, table.EscapeFrequency);
        Assert.Equal([10000, 40000, 15000], new[] { -1, 0, 1 }.Select(code => (int)table.ByCode[(byte)code]));
    }

    [Fact]
    public void A_wide_distribution_costs_hardly_more_than_its_entropy()
    {
        double[] weights = [.. Enumerable.Range(-900, 1801).Select(value => Math.Exp(-0.5 * value * value / (150.0 * 150.0)))];
        double sum = weights.Sum();
        double entropy = weights.Sum(weight => -weight / sum * Math.Log2(weight / sum));
        var set = new TableSet(ValueTables.FromWeights(-900, weights));
        double cost = Enumerable.Range(0, weights.Length).Sum(i => weights[i] / sum * set.Bits(0, i - 900));
        Assert.InRange(cost, entropy, entropy + 0.01);
    }

    [Fact]
    public void A_thin_tail_goes_by_the_escape_and_does_not_coarsen_the_rest()
    {
        var weights = new double[4001];
        weights.AsSpan().Fill(1e-9);
        (weights[1999], weights[2000], weights[2001]) = (1, 2, 1);
        Assert.Equal(0, ValueTables.FromWeights(-2000, weights).Shift);
    }

    [Fact]
    public void Values_out_of_reach_go_by_the_escape()
    {
        var set = new TableSet(ValueTables.FromWeights(1_000_000, [1, 1, 1]), ValueTables.FromWeights(30_000, [1, 1, 1]));
        Assert.Equal(16, set.Bits(0, 5), 1e-3); // no 16-bit symbol is there: nearly all belongs to the escape
        Assert.InRange(set.Bits(1, 30_001), 16, 16.001);
    }

    [Fact]
    public void Nothing_left_for_the_escape_takes_one_unit_from_the_rest()
    {
        FrequencyTable table = ValueTables.FromCumulative(0, [0, 32768, 65536, 65536]);
        Assert.Equal(1, table.EscapeFrequency);
    }

    [Theory]
    [InlineData(0, 65536)]
    [InlineData(1, 5, 65536)]
    [InlineData(0, 5, 65535)]
    [InlineData(0, 6, 5, 65536)]
    [InlineData(0, int.MaxValue, int.MinValue, 65536)]
    [InlineData(0, 0, 65536)]
    public void What_is_no_cumulative_distribution_is_refused(params int[] cumulative) =>
        Assert.ThrowsAny<ArgumentException>(() => ValueTables.FromCumulative(0, cumulative));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0, 2.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData]
    public void What_are_no_weights_is_refused(params double[] weights) =>
        Assert.ThrowsAny<ArgumentException>(() => ValueTables.FromWeights(0, weights));
}
