using FsCheck;
using FsCheck.Fluent;
using Lacuna.Quantization;

namespace Lacuna.Tests.Engine.Quantization;

public class MixedRadixTests
{
    [Fact]
    public void Indices_come_back_from_their_digits() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            int[] radices = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(2, 1000))];
            long product = radices.Aggregate(1L, (a, b) => a * b);
            long[] indices = [0, product - 1, random.NextInt64(product)], again = new long[3];
            int[] digits = new int[3 * radices.Length];
            MixedRadix.Split(indices, radices, digits);
            MixedRadix.Join(digits, radices, again);
            return again.SequenceEqual(indices);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_digit_is_the_lowest()
    {
        int[] digits = new int[3];
        MixedRadix.Split([1 + 10 * (2 + 7 * 3)], [10, 7, 5], digits);
        Assert.Equal([1, 2, 3], digits);
        Assert.Equal([256, 256, 4], MixedRadix.BytesOf(18));
        Assert.Equal([2], MixedRadix.BytesOf(1));
    }

    [Fact]
    public void What_is_out_of_range_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Split([70], [10, 7], new int[2]));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Split([-1], [10, 7], new int[2]));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Split([1], [], []));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Split([1], [10], new int[2]));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Split([1], [int.MaxValue, int.MaxValue, int.MaxValue], new int[3]));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.Join([10, 0], [10, 7], new long[1]));
        Assert.ThrowsAny<ArgumentException>(() => MixedRadix.BytesOf(63));
    }
}
