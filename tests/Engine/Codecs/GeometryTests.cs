using FsCheck;
using FsCheck.Fluent;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;

namespace Lacuna.Tests.Engine.Codecs;

public class GeometryTests
{
    [Fact]
    public void Regions_cover_every_latent_position_once() => ForSizes((width, height) =>
    {
        var grid = new LatentGrid(width, height);
        Assert.InRange(grid.Width * 16 - width, 0, 15);
        Assert.InRange(grid.Height * 16 - height, 0, 15);
        var regions = Enumerable.Range(0, grid.Regions).Select(index => grid[index]).Select(r => (r.Row, r.Column, r.Height, r.Width));
        Assert.DoesNotContain(Covered(grid.Height, grid.Width, regions), times => times != 1);
    });

    [Fact]
    public void Tiles_cover_every_latent_position_once_and_their_margins_stay_inside() => ForSizes((columns, rows) =>
    {
        (rows, columns) = (rows % 300 + 1, columns % 300 + 1);
        Tile[] tiles = [.. Enumerable.Range(0, Tile.Count(rows, columns)).Select(index => Tile.At(index, rows, columns))];
        Assert.Equal(tiles.Length, Tile.Count(rows, columns));
        Assert.DoesNotContain(Covered(rows, columns, tiles.Select(t => (t.Row, t.Column, t.Height, t.Width))), times => times != 1);
        Assert.All(tiles, tile =>
        {
            Assert.Equal((Math.Max(0, tile.Row - 3), Math.Max(0, tile.Column - 3)), (tile.Top, tile.Left));
            Assert.Equal(Math.Min(rows, tile.Row + tile.Height + 3), tile.Bottom);
            Assert.Equal(Math.Min(columns, tile.Column + tile.Width + 3), tile.Right);
            Assert.Equal((tile.Bottom - tile.Top, tile.Right - tile.Left), (tile.OuterHeight, tile.OuterWidth));
        });
    });

    [Fact]
    public void Every_latent_is_coded_once_over_the_four_passes() => ForSizes((width, height) =>
    {
        var grid = new LatentGrid(width, height);
        Region region = grid[grid.Regions - 1];
        for (int row = 0; row < region.Height; row++)
        {
            for (int column = 0; column < region.Width; column++)
            {
                int coded = 0;
                for (int pass = 0; pass < ImageModel.Groups; pass++)
                {
                    coded |= 1 << Region.GroupOf(pass, row, column);
                }

                Assert.Equal(0b1111, coded);
            }
        }

        Assert.Equal(region.Height * region.Width * ImageModel.Latents, ImageModel.Groups * region.SymbolsOfPass);
        Assert.Equal(region.HyperHeight * region.HyperWidth * ImageModel.HyperLatents, region.HyperSymbols);
        Assert.Equal(region.HyperSymbols + ImageModel.Groups * region.SymbolsOfPass, region.Symbols);
        Assert.True(4 * region.HyperHeight >= region.Height && 4 * (region.HyperHeight - 1) < region.Height);
        Assert.True(4 * region.HyperWidth >= region.Width && 4 * (region.HyperWidth - 1) < region.Width);
    });

    [Fact]
    public void Every_pass_gives_the_four_positions_of_a_square_four_groups()
    {
        for (int pass = 0; pass < ImageModel.Groups; pass++)
        {
            int[] groups = [.. Enumerable.Range(0, 4).Select(at => Region.GroupOf(pass, 4 + at / 2, 6 + at % 2))];
            Assert.Equal([0, 1, 2, 3], groups.Order());
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 3, 1, 3)]
    [InlineData(1, 0, 0, 3)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(3, 1, 0, 0)]
    public void The_group_of_a_pass_is_the_formats(int pass, int row, int column, int group) =>
        Assert.Equal(group, Region.GroupOf(pass, row, column));

    static int[] Covered(int rows, int columns, IEnumerable<(int Row, int Column, int Height, int Width)> rectangles)
    {
        var times = new int[rows * columns];
        foreach ((int row, int column, int height, int width) in rectangles)
        {
            Assert.True(height > 0 && width > 0);
            for (int i = 0; i < height * width; i++)
            {
                times[(row + i / width) * columns + column + i % width]++;
            }
        }

        return times;
    }

    static void ForSizes(Action<int, int> check)
    {
        foreach (int side in new[] { 1, 15, 16, 17, 1023, 1024, 1025, 2048, 2049 })
        {
            check(side, 40);
            check(40, side);
        }

        Prop.ForAll<ushort, ushort>((width, height) => check(width % 4000 + 1, height % 4000 + 1))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
