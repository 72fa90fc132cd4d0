using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class LaplaceTablesTests
{
    [Fact]
    public void The_64_tables_are_these_bits() => Assert.Equal("88A516B66BCE23E4", RansInputs.Hash(TableSet.Laplace));

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    [InlineData(31.0)]
    [InlineData(256.0)]
    [InlineData(512.0)]
    public void The_loss_against_the_ideal_is_below_a_quarter_of_a_percent(double deviation)
    {
        var set = new TableSet(LaplaceTables.Make(deviation));
        double ideal = 0;
        double actual = 0;
        double scale = deviation / Math.Sqrt(2);
        for (int value = (int)(-16 * deviation) - 1; value <= (16 * deviation) + 1; value++)
        {
            double magnitude = Math.Abs(value);
            double p = value == 0 ? 1 - Math.Exp(-0.5 / scale) : Math.Exp(-magnitude / scale) * Math.Sinh(0.5 / scale);
            ideal -= p * Math.Log2(p);
            actual += p * set.Bits(0, value);
        }

        Assert.InRange(actual / ideal, 1, 1.0025);
    }
}
