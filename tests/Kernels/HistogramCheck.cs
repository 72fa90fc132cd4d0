using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<Histogram.Fn, byte, uint>;

public class HistogramCheck
{
    [Fact]
    public void Every_variant_counts_as_the_reference_does() => KernelCheck.Exact(
        Histogram.Table,
        [
            .. from length in Enumerable.Range(0, 200).Append(100_003)
               select new Case($"{length} bytes", [length], Histogram.Values, (kernel, x, y) => kernel(x[0], y)),
        ],
        Patterns.Bytes);

    [Fact]
    public void Every_byte_is_counted_once()
    {
        uint[] counts = [.. Enumerable.Repeat(7u, Histogram.Values)];
        Histogram.Run([3, 5, 3, 255, 0, 3], counts);
        Assert.Equal((1u, 3u, 1u, 1u, 6u), (counts[0], counts[3], counts[5], counts[255], (uint)counts.Sum(count => count)));
        Assert.ThrowsAny<ArgumentException>(() => Histogram.Run([], new uint[255]));
    }
}
