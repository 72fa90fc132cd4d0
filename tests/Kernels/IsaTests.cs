using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

[Collection(nameof(OneAtATime))]
public class IsaTests
{
    [Fact]
    public void Lowering_the_level_gives_callers_the_row_of_that_level_and_nothing_raises_it()
    {
        IsaLevel all = Isa.Level;
        try
        {
            Assert.Equal(Row(all), PointwiseConvolution.Table.Best);
            for (IsaLevel level = all; level >= IsaLevel.Scalar; level--)
            {
                Isa.Lower(level);
                Assert.Equal(level, Isa.Level);
                Assert.Equal(Row(level), PointwiseConvolution.Table.Best);
                Isa.Lower(all);
                Assert.Equal(level, Isa.Level);
                Assert.Equal(level >= IsaLevel.Vector128, Isa.Allows(IsaLevel.Vector128));
            }
        }
        finally
        {
            Isa.Restore();
        }

        Assert.Equal(all, Isa.Level);
        Assert.Equal(Row(all), PointwiseConvolution.Table.Best);

        static PointwiseConvolution.Fn Row(IsaLevel level) =>
            PointwiseConvolution.Table.Runnable.Last(variant => variant.Level <= level).Run;
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_level_that_does_not_exist_is_an_exception(int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Isa.Lower((IsaLevel)level));
}
