using FsCheck;
using FsCheck.Fluent;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;

namespace Lacuna.Tests.Engine.Codecs;

public class LevelTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 2304)]
    [InlineData(50, 1152)]
    [InlineData(-5, 0)]
    [InlineData(1000, 2304)]
    [InlineData(0.03, 1)]
    public void A_quality_is_the_nearest_step(double quality, int steps) => Assert.Equal(steps, QualityLevel.FromQuality(quality).Steps);

    [Fact]
    public void Every_step_has_a_quality_that_gives_it()
    {
        for (int steps = 0; steps <= QualityLevel.MaxSteps; steps++)
        {
            double quality = new QualityLevel(steps).Quality;
            Assert.InRange(quality, 0, 100);
            Assert.Equal(steps, QualityLevel.FromQuality(quality).Steps);
        }
    }

    [Fact]
    public void What_a_bit_is_worth_falls_with_the_level_and_stays_positive()
    {
        float[] trades = [.. Enumerable.Range(0, QualityLevel.MaxSteps + 1).Select(steps => new QualityLevel(steps).Trade)];
        Assert.All(trades.Zip(trades.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
        Assert.True(trades[^1] > 0);
    }

    [Fact]
    public void A_table_gives_its_rows_at_whole_levels_and_the_line_between_them()
    {
        var random = new Random(1);
        float[] rows = [.. Enumerable.Range(0, ImageModel.LevelRows * 3).Select(_ => (float)random.NextDouble())];
        var table = new LevelTable(rows);
        Assert.Equal(3, table.Channels);
        for (int row = 0; row < ImageModel.LevelRows; row++)
        {
            float[] at = table.At(new QualityLevel(row * QualityLevel.StepsPerLevel));
            Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(rows[row * 3 + i], at[i], 1e-7f));
        }

        var plain = new Reference.Weights(new Dictionary<string, float[]> { ["table"] = rows });
        Prop.ForAll<ushort>(number =>
        {
            int steps = number % (QualityLevel.MaxSteps + 1);
            Assert.Equal(plain.At("table", steps / 256.0), table.At(new QualityLevel(steps)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bias_takes_the_tables_vector_again_and_again()
    {
        var table = new LevelTable([.. Enumerable.Range(0, ImageModel.LevelRows * 2).Select(i => (float)i)]);
        Assert.Equal([12f, 23, 32, 43], table.AddedTo([10, 20, 30, 40], new QualityLevel(QualityLevel.StepsPerLevel)));
    }

    [Theory]
    [InlineData(-2.2072749f, 0)]
    [InlineData(0f, 18)]
    [InlineData(5.5451774f, 63)]
    [InlineData(100f, 63)]
    [InlineData(-100f, 0)]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 63)]
    [InlineData(float.NegativeInfinity, 0)]
    public void A_log_scale_gives_the_nearest_scale_table(float logScale, int table) =>
        Assert.Equal(table, LevelParameters.ScaleTable(logScale));

    [Theory]
    [InlineData(2.5f, 0, 1, 2)]
    [InlineData(3.5f, 0, 1, 4)]
    [InlineData(-2.5f, 0, 1, -2)]
    [InlineData(7f, 5, 2, 4)]
    [InlineData(1e30f, 0, 1, 32767)]
    [InlineData(-1e30f, 0, 1e10f, -32767)]
    [InlineData(float.NaN, 0, 1, 0)]
    public void A_symbol_is_the_distance_from_the_mean_in_steps(float value, float mean, float gain, int symbol) =>
        Assert.Equal(symbol, Quantizer.Symbol(value, mean, gain));

    [Fact]
    public void A_symbol_that_saves_rate_lies_one_towards_zero_at_most()
    {
        var random = new Random(3);
        int moved = 0;
        for (int i = 0; i < 20_000; i++)
        {
            float value = (float)(random.NextDouble() * 40 - 20);
            short nearest = Quantizer.Symbol(value, 0, 1), chosen = Quantizer.Symbol(value, 0, 1, random.Next(64), 0.1f);
            Assert.True(chosen == nearest || chosen == nearest - Math.Sign(nearest));
            Assert.Equal(nearest, Quantizer.Symbol(value, 0, 1, random.Next(64), 0));
            moved += chosen == nearest ? 0 : 1;
        }

        Assert.InRange(moved, 1, 19_999);
    }
}
