using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<FindGreater.Fn, float, int>;

public class FindGreaterCheck
{
    [Fact]
    public void Every_variant_finds_what_the_reference_finds() =>
        KernelCheck.Exact(FindGreater.Table, [.. Enumerable.Range(0, 100).Append(1000).Select(Of)], Patterns.Floats);

    [Fact]
    public void What_equals_the_threshold_or_is_a_NaN_is_passed_over()
    {
        Assert.Equal(2, FindGreater.Run([1, float.NaN, 1.5f, 2], 0, 1, 2));
        Assert.Equal(3, FindGreater.Run([1, float.NaN, 1.5f, 2], 3, 1, 2));
        Assert.Equal(-1, FindGreater.Run([1, float.NaN, 1.5f, 2], 4, 1, 2));
        Assert.ThrowsAny<ArgumentException>(() => FindGreater.Run([1], 2, 0, 0));
    }

    /// <summary>All findings one after the other, as a search of the best asks for them.</summary>
    static Case Of(int count) => new($"{count}", [count], count + 1, (kernel, x, found) =>
    {
        found.Fill(-2);
        int at = 0;
        for (int i = 0; i < found.Length && at >= 0; i++)
        {
            found[i] = at = kernel(x[0], i == 0 ? 0 : found[i - 1] + 1, 0.25f, 0.5f);
        }
    });
}
