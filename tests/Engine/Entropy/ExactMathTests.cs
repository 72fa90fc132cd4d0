using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class ExactMathTests
{
    [Fact]
    public void Exponential_and_logarithm_agree_with_the_platform()
    {
        for (double x = -650; x < 650; x += 0.37)
        {
            Assert.Equal(1, ExactMath.Exp(x) / Math.Exp(x), 1e-13);
            Assert.Equal(Math.Log2(Math.Exp(x)), ExactMath.Log2(Math.Exp(x)), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.4795001221869535)]
    [InlineData(1.999, 0.004698443348629488)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(3, 2.209049699858544e-05)]
    [InlineData(6, 2.1519736712498913e-17)]
    public void Erfc_has_the_published_values(double x, double expected) => Assert.Equal(1, ExactMath.Erfc(x) / expected, 1e-12);
}
