using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<SignDequantize.Fn, long, float>;

public class SignDequantizeCheck
{
    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_dimension() =>
        KernelCheck.Exact(
            SignDequantize.Table,
            [.. Enumerable.Range(1, SignQuantize.MaxDimensions).SelectMany(d => new[] { 0, 1, 2, 9, 10, 40 }.Select(n => Of(d, n)))],
            [new Pattern<long>("any bits", (r, span) => r.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(span)))]);

    [Fact]
    public void The_highest_bit_is_the_first_component()
    {
        var vector = new float[4];
        SignDequantize.Run(4, 0.5f, [0b1001], vector);
        Assert.Equal([0.5f, -0.5f, -0.5f, 0.5f], vector);
    }

    [Fact]
    public void Dimensions_and_lengths_that_cannot_be_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => SignDequantize.Run(0, 1, [], []));
        Assert.ThrowsAny<ArgumentException>(() => SignDequantize.Run(64, 1, [0], new float[64]));
        Assert.ThrowsAny<ArgumentException>(() => SignDequantize.Run(3, 1, [0, 0], new float[7]));
    }

    static Case Of(int dimensions, int count) => new(
        $"{count} of {dimensions}", [count], count * dimensions, (kernel, indices, x) => kernel(dimensions, 0.25f, indices[0], x));
}
