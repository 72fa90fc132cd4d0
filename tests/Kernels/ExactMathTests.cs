using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

public class ExactMathTests
{
    [Fact]
    public void Exp_is_within_one_unit_in_the_last_place()
    {
        for (float x = ExactMath.ExpMin; x <= ExactMath.ExpMax; x += 0.00037f)
        {
            float y = ExactMath.Exp(x);
            double error = Math.Abs(y - Math.Exp(x)) / (MathF.BitIncrement(y) - y);
            Assert.True(error <= 1, $"exp({x:R}) is off by {error} units in the last place.");
        }
    }

    [Theory]
    [InlineData(0f, 0x3F800000u)]
    [InlineData(1f, 0x402DF854u)]
    [InlineData(-1f, 0x3EBC5AB2u)]
    [InlineData(0.1f, 0x3F8D763Eu)]
    [InlineData(-2.5f, 0x3DA81C2Eu)]
    [InlineData(10f, 0x46AC14EEu)]
    [InlineData(80f, 0x792ABBCEu)]
    [InlineData(-80f, 0x05BFECBAu)]
    public void Exp_keeps_its_bits(float x, uint bits) => Assert.Equal(bits, BitConverter.SingleToUInt32Bits(ExactMath.Exp(x)));

    [Theory]
    [InlineData(float.NegativeInfinity, ExactMath.ExpMin)]
    [InlineData(-1e30f, ExactMath.ExpMin)]
    [InlineData(float.NaN, ExactMath.ExpMin)]
    [InlineData(float.PositiveInfinity, ExactMath.ExpMax)]
    [InlineData(1e30f, ExactMath.ExpMax)]
    public void Exp_holds_at_the_ends_of_its_range(float x, float end)
    {
        float y = ExactMath.Exp(x);
        Assert.Equal(ExactMath.Exp(end), y);
        Assert.True(float.IsNormal(y) && y > 0);
    }
}
