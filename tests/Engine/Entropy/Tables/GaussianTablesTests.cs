using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class GaussianTablesTests
{
    [Fact]
    public void The_64_tables_are_these_bits() => Assert.Equal("6701D8D39134DDE3", RansInputs.Hash(TableSet.Gaussian));

    [Fact]
    public void Every_table_sums_to_65536_and_is_symmetric_to_the_unit_where_values_stand_alone()
    {
        for (int table = 0; table < GaussianTables.Count; table++)
        {
            FrequencyTable gaussian = TableSet.Gaussian[table];
            int sum = gaussian.EscapeFrequency;
            for (int code = -FrequencyTable.MaxCode; code <= FrequencyTable.MaxCode; code++)
            {
                sum += gaussian.ByCode[(byte)code] << gaussian.Shift;
                int difference = gaussian.ByCode[(byte)code] - gaussian.ByCode[(byte)-code];
                Assert.True(gaussian.Shift > 0 || Math.Abs(difference) <= 1, $"table {table}, code {code}");
            }

            Assert.Equal(FrequencyTable.Total, sum);
        }
    }

    [Fact]
    public void Deviations_run_from_011_to_256()
    {
        Assert.Equal(0.11, GaussianTables.Deviation(0));
        Assert.Equal(256, GaussianTables.Deviation(63), 1e-9);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    [InlineData(10.0)]
    [InlineData(28.0)]
    [InlineData(31.0)]
    [InlineData(64.0)]
    [InlineData(120.0)]
    [InlineData(200.0)]
    [InlineData(256.0)]
    public void The_loss_against_the_ideal_gaussian_is_below_a_tenth_of_a_percent(double deviation)
    {
        var set = new TableSet(GaussianTables.Make(deviation));
        double ideal = 0;
        double actual = 0;
        for (int value = (int)(-9 * deviation) - 1; value <= (9 * deviation) + 1; value++)
        {
            double magnitude = Math.Abs(value);
            double p = Above((magnitude - 0.5) / deviation) - Above((magnitude + 0.5) / deviation);
            ideal -= p * Math.Log2(p);
            actual += p * set.Bits(0, value);
        }

        Assert.InRange(actual / ideal, 1, 1.001);

        static double Above(double z) => z < 0 ? 1 - Above(-z) : 0.5 * ExactMath.Erfc(z * Math.Sqrt(0.5));
    }
}
