using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Neither tiles nor threads change a bit of latents or pixels.</summary>
public class TransformTests
{
    static readonly LevelParameters Level = new(ImageModel.Default, new QualityLevel(1000));

    [Theory]
    [InlineData(4, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    public void Tiles_of_any_size_give_the_pixels_of_one_tile(int side, int threads)
    {
        using FeatureMap latents = Latents(9, 11);
        var picture = new Picture(11 * 16 - 5, 9 * 16 - 9, PixelLayout.Rgb, new byte[(11 * 16 - 5) * (9 * 16 - 9) * 3]);
        Assert.Equal(Synthesized(latents, picture, [Whole(9, 11)], 1), Synthesized(latents, picture, Tiles(9, 11, side), threads));
    }

    [Fact]
    public void The_decoders_own_tiles_give_the_pixels_of_one_tile()
    {
        const int columns = Tile.Side + 3;
        using FeatureMap latents = Latents(1, columns);
        var picture = new Picture(columns * 16, 16, PixelLayout.Rgb, new byte[columns * 16 * 16 * 3]);
        Assert.Equal(2, Tile.Count(1, columns));
        Tile[] own = [Tile.At(0, 1, columns), Tile.At(1, 1, columns)];
        Assert.Equal(Synthesized(latents, picture, [Whole(1, columns)], 1), Synthesized(latents, picture, own, 2));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void Tiles_of_any_size_give_the_latents_of_one_tile(int side, int threads)
    {
        Picture picture = Scenes.Make(11 * 16 - 3, 7 * 16 - 1);
        Assert.Equal(Analysed(picture, 7, 11, [Whole(7, 11)], 1), Analysed(picture, 7, 11, Tiles(7, 11, side), threads));
    }

    [Fact]
    public void A_tile_leaves_pixels_outside_it_alone()
    {
        using FeatureMap latents = Latents(4, 4);
        var picture = new Picture(64, 64, PixelLayout.Rgba, new byte[64 * 64 * 4]);
        Array.Fill(picture.Pixels, (byte)1);
        byte[] before = [.. picture.Pixels];
        Synthesized(latents, picture, [new Tile(1, 2, 1, 1, 0, 0, 4, 4)], 1);
        int changed = 0;
        for (int i = 0; i < before.Length; i++)
        {
            bool inside = i / 256 is >= 16 and < 32 && i % 256 / 4 is >= 32 and < 48 && i % 4 < 3;
            Assert.True(inside || picture.Pixels[i] == before[i]);
            changed += picture.Pixels[i] == before[i] ? 0 : 1;
        }

        Assert.True(changed > 16 * 16);
    }

    [Fact]
    public void Pixels_outside_a_picture_repeat_its_edge_and_grey_is_three_equal_channels()
    {
        var grey = new Picture(2, 1, PixelLayout.GreyAlpha, [10, 1, 200, 2]);
        var cells = new float[2 * 8 * 8 * 3];
        Views.With(grey, (in PictureView view) =>
        {
            new PixelSource(view).Load(3, 0, 2, cells);
            return 0;
        });
        for (int i = 0; i < cells.Length; i++)
        {
            Assert.Equal((i / 3 % 64 % 8 == 0 && i < 192 ? 10 : 200) - 127.5f, cells[i]);
        }
    }

    [Theory]
    [InlineData(0.5f, 128)]
    [InlineData(1.5f, 129)]
    [InlineData(-0.5f, 127)]
    [InlineData(-127f, 0)]
    [InlineData(-500f, 0)]
    [InlineData(500f, 255)]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 255)]
    [InlineData(float.NegativeInfinity, 0)]
    public void A_sample_is_rounded_to_even_and_clamped(float value, byte sample)
    {
        var picture = new Picture(1, 1, PixelLayout.Rgb, new byte[3]);
        var cells = new float[192];
        cells[1] = value;
        Store(picture, cells);
        Assert.Equal([128, sample, 128], picture.Pixels);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(255, 255, 255, 255)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(255, 255, 254, 255)]
    public void Grey_is_the_mean_of_the_channels(byte red, byte green, byte blue, byte grey)
    {
        var picture = new Picture(1, 1, PixelLayout.GreyAlpha, [0, 77]);
        var cells = new float[192];
        (cells[0], cells[1], cells[2]) = (red - 127.5f, green - 127.5f, blue - 127.5f);
        Store(picture, cells);
        Assert.Equal([grey, 77], picture.Pixels);
    }

    static void Store(Picture picture, float[] cells) => Views.With(picture, (in PictureView view) =>
    {
        new PixelTarget(view, picture.Layout).Store(cells, 0, 0, 1);
        return 0;
    });

    static FeatureMap Latents(int rows, int columns)
    {
        var latents = new FeatureMap();
        latents.Reshape(rows, columns, ImageModel.Latents);
        var random = new Random(rows * columns);
        foreach (ref float value in latents.Values)
        {
            value = (float)(random.NextDouble() * 4 - 2);
        }

        return latents;
    }

    static Tile Whole(int rows, int columns) => new(0, 0, rows, columns, 0, 0, rows, columns);

    static IEnumerable<Tile> Tiles(int rows, int columns, int side) =>
        from row in Enumerable.Range(0, rows).Where(row => row % side == 0)
        from column in Enumerable.Range(0, columns).Where(column => column % side == 0)
        let height = Math.Min(side, rows - row)
        let width = Math.Min(side, columns - column)
        select new Tile(
            row, column, height, width,
            Math.Max(0, row - Tile.Margin), Math.Max(0, column - Tile.Margin),
            Math.Min(rows, row + height + Tile.Margin), Math.Min(columns, column + width + Tile.Margin));

    static byte[] Synthesized(FeatureMap latents, Picture picture, IEnumerable<Tile> tiles, int threads)
    {
        using var pool = new WorkerPool(threads);
        using var synthesis = new Synthesis(pool);
        return Views.With<byte[]>(picture, (in PictureView view) =>
        {
            var target = new PixelTarget(view, picture.Layout);
            foreach (Tile tile in tiles)
            {
                synthesis.Run(Level, latents, tile, target);
            }

            return [.. picture.Pixels];
        });
    }

    static uint[] Analysed(Picture picture, int rows, int columns, IEnumerable<Tile> tiles, int threads)
    {
        using var pool = new WorkerPool(threads);
        using var analysis = new Analysis(pool);
        using var latents = new FeatureMap();
        latents.Reshape(rows, columns, ImageModel.Latents);
        return Views.With<uint[]>(picture, (in PictureView view) =>
        {
            foreach (Tile tile in tiles)
            {
                analysis.Run(ImageModel.Default.Analysis, new PixelSource(view), tile, latents);
            }

            return [.. latents.Values.ToArray().Select(BitConverter.SingleToUInt32Bits)];
        });
    }
}
