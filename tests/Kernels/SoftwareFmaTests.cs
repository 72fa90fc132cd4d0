using System.Runtime.Intrinsics;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

public class SoftwareFmaTests
{
    [Fact]
    public void It_gives_the_bits_of_one_rounding_for_any_operands()
    {
        var random = new Random(1);
        float[] values = new float[3 * 4];
        foreach (Pattern<float> pattern in Patterns.Floats)
        {
            for (int round = 0; round < 20_000; round++)
            {
                pattern.Fill(random, values);
                Vector128<float> x = Vector128.Create(values, 0), y = Vector128.Create(values, 4), sum = Vector128.Create(values, 8);
                Vector128<float> actual = SoftwareFma.MultiplyAdd(x, y, sum);
                for (int lane = 0; lane < 4; lane++)
                {
                    Same(x[lane], y[lane], sum[lane], actual[lane]);
                }
            }
        }
    }

    [Theory]
    [InlineData(0x3F800001, 0x3F800001, 0x80000001)] // just under a product that needs rounding
    [InlineData(0x3F801000, 0x3F801000, 0x00000001)] // a tie of the product, broken by the least denormal
    [InlineData(0x3F801000, 0x3F801000, 0x80000001)]
    [InlineData(0x00800001, 0x3F000000, 0x00000000)] // a denormal tie
    [InlineData(0x7F7FFFFF, 0x40000000, 0xFF7FFFFF)] // over and back
    [InlineData(0x7F7FFFFF, 0x3F800000, 0x73000000)] // half a unit past the largest
    public void Hard_cases_round_once(uint x, uint y, uint sum)
    {
        float a = BitConverter.UInt32BitsToSingle(x), b = BitConverter.UInt32BitsToSingle(y), c = BitConverter.UInt32BitsToSingle(sum);
        Same(a, b, c, SoftwareFma.MultiplyAdd(Vector128.Create(a), Vector128.Create(b), Vector128.Create(c))[0]);
    }

    static void Same(float x, float y, float sum, float actual)
    {
        float expected = MathF.FusedMultiplyAdd(x, y, sum);
        if (!float.IsNaN(expected) || !float.IsNaN(actual))
        {
            Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(actual));
        }
    }
}
