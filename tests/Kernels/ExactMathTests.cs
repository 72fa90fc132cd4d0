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

    [Fact]
    public void Log_is_within_one_unit_in_the_last_place()
    {
        for (float x = 1.2e-38f; x < 3e38f; x *= 1.00031f)
        {
            Near(Math.Log(x), ExactMath.Log(x), $"log({x:R})");
        }

        for (float x = 0.6f; x < 1.5f; x += 3.1e-6f)
        {
            Near(Math.Log(x), ExactMath.Log(x), $"log({x:R})");
        }

        static void Near(double expected, float actual, string name)
        {
            double unit = MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected);
            Assert.True(Math.Abs(actual - expected) <= unit, $"{name} is {actual:R}, not {expected:R}.");
        }
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, -87.33655f)]
    [InlineData(-1f, -87.33655f)]
    [InlineData(float.NaN, -87.33655f)]
    [InlineData(float.Epsilon, -87.33655f)]
    [InlineData(float.PositiveInfinity, 88.72284f)]
    public void Log_holds_at_the_ends_of_its_range(float x, float expected) => Assert.Equal(expected, ExactMath.Log(x));

    [Theory]
    [InlineData(4 * MathF.PI, 1.1920929e-7)]
    [InlineData(ExactMath.AngleMax, 9.5367432e-7)]
    public void Sine_and_cosine_are_as_near_as_promised(float end, double error)
    {
        for (float angle = -end; angle <= end; angle += end / 100_003)
        {
            (float sine, float cosine) = ExactMath.SinCos(angle);
            Assert.True(Math.Abs(sine - Math.Sin(angle)) <= error, $"sin({angle:R}) is {sine:R}.");
            Assert.True(Math.Abs(cosine - Math.Cos(angle)) <= error, $"cos({angle:R}) is {cosine:R}.");
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity, ExactMath.AngleMax)]
    [InlineData(float.NegativeInfinity, -ExactMath.AngleMax)]
    [InlineData(float.NaN, -ExactMath.AngleMax)]
    public void Sine_and_cosine_hold_at_the_ends_of_their_range(float angle, float end) =>
        Assert.Equal(ExactMath.SinCos(end), ExactMath.SinCos(angle));
}
