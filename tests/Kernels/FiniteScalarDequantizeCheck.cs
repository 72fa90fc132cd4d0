using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<FiniteScalarDequantize.Fn, long, float>;

public class FiniteScalarDequantizeCheck
{
    static readonly FiniteScalarGrid[] Grids =
    [
        new([2]), new([3]), new([7, 5, 5, 5, 5]), new([2048, 2048]), new([11, 13, 17]), new([2049, 2048]),
        new([65536, 65536, 65536, 32767]),
    ];

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference() =>
        KernelCheck.Exact(
            FiniteScalarDequantize.Table,
            [.. Grids.SelectMany(grid => Enumerable.Range(0, 20).Append(300).Select(count => Of(grid, count)))],
            [Within]);

    [Fact]
    public void Every_index_of_the_largest_grid_in_floats_has_its_digits()
    {
        var grid = new FiniteScalarGrid([2, 3, 5, 7, 19972]);
        long[] indices = [.. Enumerable.Range(0, (int)grid.Count).Select(i => (long)i)];
        Assert.InRange(grid.Count, (1 << 22) - 210, 1 << 22);
        var vectors = new float[indices.Length * 5];
        FiniteScalarDequantize.Run(grid, indices, vectors);
        for (int i = 0; i < indices.Length; i++)
        {
            Assert.True(vectors.AsSpan(i * 5, 5).SequenceEqual(
                [i % 2 - 1, i / 2 % 3 - 1, (i / 6 % 5 - 2) / 2f, (i / 30 % 7 - 3) / 3f, (i / 210 - 9986) / 9986f]));
        }
    }

    [Fact]
    public void An_index_outside_the_grid_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => FiniteScalarDequantize.Run(new FiniteScalarGrid([5, 5]), [25], new float[2]));
        Assert.ThrowsAny<ArgumentException>(() => FiniteScalarDequantize.Run(new FiniteScalarGrid([5, 5]), [-1], new float[2]));
        Assert.ThrowsAny<ArgumentException>(() => FiniteScalarDequantize.Run(new FiniteScalarGrid([5, 5]), [0], new float[3]));
    }

    static Pattern<long> Within { get; } = new("within", (random, span) =>
    {
        foreach (ref long index in span)
        {
            index = random.NextInt64();
        }
    });

    static Case Of(FiniteScalarGrid grid, int count) => new(
        $"{count} of {string.Join('x', grid.Levels.ToArray())}",
        [count],
        count * grid.Dimensions,
        (kernel, indices, vectors) => kernel(grid, [.. indices[0].ToArray().Select(index => index % grid.Count)], vectors));
}
