using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

public class FindNonFiniteCheck
{
    [Fact]
    public void Every_variant_finds_what_the_reference_finds() =>
        KernelCheck.Exact(
            FindNonFinite.Table,
            [
                .. Enumerable.Range(0, 130).Append(1000).Select(length => new KernelCase<FindNonFinite.Fn, float, int>(
                    $"{length}", [length], 1, (kernel, inputs, output) => output[0] = kernel(inputs[0]))),
            ],
            Patterns.Floats);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Every_variant_finds_the_first_wherever_it_is(float strange)
    {
        foreach (Variant<FindNonFinite.Fn> variant in FindNonFinite.Table.Runnable)
        for (int at = 0; at < 100; at++)
        {
            float[] source = [.. Enumerable.Repeat(float.MaxValue, 100)];
            source[99] = source[at] = strange;
            Assert.Equal(at, variant.Run(source));
        }
    }

    [Fact]
    public void Nothing_is_found_among_finite_numbers() =>
        Assert.All(
            FindNonFinite.Table.Runnable,
            variant => Assert.Equal(-1, variant.Run([float.MaxValue, float.MinValue, float.Epsilon, -0f])));
}
