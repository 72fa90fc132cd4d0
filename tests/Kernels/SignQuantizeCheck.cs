using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<SignQuantize.Fn, float, long>;

public class SignQuantizeCheck
{
    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_dimension() =>
        KernelCheck.Exact(
            SignQuantize.Table,
            [.. Enumerable.Range(1, SignQuantize.MaxDimensions).SelectMany(d => new[] { 0, 1, 63, 64, 65, 130 }.Select(n => Of(d, n)))],
            Patterns.Floats);

    [Fact]
    public void The_first_component_is_the_highest_bit_and_only_what_is_above_0_sets_it()
    {
        var indices = new long[2];
        SignQuantize.Run(4, [1, -1, 0, float.Epsilon, float.NaN, -0f, float.PositiveInfinity, float.NegativeInfinity], indices);
        Assert.Equal([0b1001, 0b0010], indices);
    }

    [Fact]
    public void Dimensions_and_lengths_that_cannot_be_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => SignQuantize.Run(0, [], new long[1]));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantize.Run(64, new float[64], new long[1]));
        Assert.ThrowsAny<ArgumentException>(() => SignQuantize.Run(3, new float[7], new long[2]));
    }

    static Case Of(int dimensions, int count) => new(
        $"{count} of {dimensions}", [count * dimensions], count, (kernel, x, indices) => kernel(dimensions, x[0], indices));
}
