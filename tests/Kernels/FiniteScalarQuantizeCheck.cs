using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<FiniteScalarQuantize.Fn, float, long>;

public class FiniteScalarQuantizeCheck
{
    /// <summary>Grids of one to six dimensions; the last two do not fit 31 bits.</summary>
    static readonly FiniteScalarGrid[] Grids =
    [
        new([2]), new([3]), new([5, 5]), new([8, 5, 5, 5]), new([7, 5, 5, 5, 5]), new([8, 8, 8, 6, 5], FiniteScalarBound.Nearest),
        new([256, 17]), new([40000, 40000, 2]), new([65536, 65536, 65536, 32767]),
    ];

    [Fact]
    public void Every_variant_writes_the_bits_of_the_reference() =>
        KernelCheck.Exact(
            FiniteScalarQuantize.Table,
            [.. Grids[..7].SelectMany(grid => Enumerable.Range(0, 26).Append(1000).Select(count => Of(grid, count)))],
            Patterns.Floats);

    [Fact]
    public void Codebooks_past_31_bits_are_the_same_everywhere() =>
        KernelCheck.Exact(FiniteScalarQuantize.Table, [.. Grids[7..].Select(grid => Of(grid, 11))], [.. Patterns.Floats.Take(2)]);

    [Fact]
    public void The_first_dimension_runs_fastest_and_halves_go_to_the_upper_level()
    {
        var grid = new FiniteScalarGrid([3, 5], FiniteScalarBound.Nearest);
        var indices = new long[5];
        FiniteScalarQuantize.Run(grid, [-1, -1, 1, -1, -1, -0.5f, 0, 0, 0.5f, 0.75f], indices);
        Assert.Equal([0, 2, 3, 7, 14], indices);
    }

    [Fact]
    public void Infinities_have_the_outer_levels_and_a_NaN_the_lowest()
    {
        var grid = new FiniteScalarGrid([8, 8]);
        var indices = new long[3];
        FiniteScalarQuantize.Run(
            grid, [float.NegativeInfinity, float.PositiveInfinity, float.MaxValue, float.MinValue, float.NaN, float.NaN], indices);
        Assert.Equal([56, 7, 0], indices);
    }

    [Fact]
    public void Levels_are_those_of_tanh_in_double_but_at_the_thresholds()
    {
        foreach (int levels in (int[])[2, 3, 4, 5, 7, 8, 16, 33])
        {
            double offset = levels % 2 == 0 ? 0.5 : 0, scale = (levels - 1) * (1 + 1e-3) / 2, shift = Math.Atanh(offset / scale);
            var grid = new FiniteScalarGrid([levels]);
            var random = new Random(levels);
            for (int i = 0; i < 2000; i++)
            {
                float x = (random.NextSingle() - 0.5f) * 12;
                double bounded = Math.Tanh(x + shift) * scale - offset;
                if (Math.Abs(bounded - Math.Floor(bounded) - 0.5) > 1e-6)
                {
                    var index = new long[1];
                    FiniteScalarQuantize.Run(grid, [x], index);
                    Assert.Equal(Math.Round(bounded) + levels / 2, index[0]);
                }
            }
        }
    }

    [Fact]
    public void Grids_that_cannot_be_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new FiniteScalarGrid([]));
        Assert.ThrowsAny<ArgumentException>(() => new FiniteScalarGrid([5, 1]));
        Assert.ThrowsAny<ArgumentException>(() => new FiniteScalarGrid([5, 0]));
        Assert.ThrowsAny<ArgumentException>(() => new FiniteScalarGrid([65537]));
        Assert.ThrowsAny<ArgumentException>(() => new FiniteScalarGrid([65536, 65536, 65536, 65536]));
        Assert.ThrowsAny<ArgumentException>(() => FiniteScalarQuantize.Run(new FiniteScalarGrid([5, 5]), new float[5], new long[2]));
    }

    static Case Of(FiniteScalarGrid grid, int count) => new(
        $"{count} of {string.Join('x', grid.Levels.ToArray())}",
        [count * grid.Dimensions],
        count,
        (kernel, x, indices) => kernel(grid, x[0], indices));
}
