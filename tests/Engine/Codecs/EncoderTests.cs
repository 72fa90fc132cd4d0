using Lacuna.Codecs;
using Lacuna.Codecs.Images;

namespace Lacuna.Tests.Engine.Codecs;

public class EncoderTests
{
    [Theory]
    [InlineData(PixelLayout.Rgb, 0.5)]
    [InlineData(PixelLayout.Rgba, 0.1)]
    public void The_highest_level_that_fits_is_taken(PixelLayout layout, double share)
    {
        Picture picture = Scenes.Make(80, 48, layout);
        int least = Coding.Encode(picture, 0).Length, most = Coding.Encode(picture, 100).Length;
        long bound = least + (long)((most - least) * share);
        byte[] stream = ImageEncoder.Encode(
            picture, new ImageEncoderOptions { MaxBytes = bound, Threads = 1 }, out EncodeStatistics statistics);
        Assert.InRange(stream.Length, least, bound);
        Assert.InRange(statistics.Level, 1, QualityLevel.MaxSteps - 1);
        Assert.Equal(stream, Coding.Encode(picture, new QualityLevel(statistics.Level).Quality));
        Assert.True(Coding.Encode(picture, new QualityLevel(statistics.Level + 1).Quality).Length > bound);
        Assert.Equal(statistics.RegionBytes < stream.Length, statistics.RegionBytes > 0);
    }

    [Fact]
    public void A_bound_that_all_levels_keep_gives_the_best_and_one_that_none_keeps_is_an_exception()
    {
        Picture picture = Scenes.Make(16, 16);
        int least = Coding.Encode(picture, 0).Length;
        Assert.Equal(Coding.Encode(picture, 100), Bounded(long.MaxValue));
        Assert.Equal(least, Math.Min(least, Bounded(least).Length));
        foreach (long bound in new[] { least - 1, 0, -1 })
        {
            Assert.Equal(least, Assert.Throws<StreamTooLongException>(() => Bounded(bound)).Least);
        }

        byte[] Bounded(long bound) => ImageEncoder.Encode(picture, new ImageEncoderOptions { MaxBytes = bound, Threads = 1 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Progress_never_falls_and_ends_with_1(int threads)
    {
        Picture picture = Scenes.Make(1040, 16);
        var notes = new ProgressNotes();
        byte[] stream = ImageEncoder.Encode(picture, new ImageEncoderOptions { Threads = threads, Progress = notes });
        AssertRising(notes);

        notes = new ProgressNotes();
        ImageDecoder.Decode(stream, new ImageDecoderOptions { Threads = threads, Progress = notes }, out _);
        AssertRising(notes);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(100.01)]
    [InlineData(double.PositiveInfinity)]
    public void A_quality_out_of_range_is_an_exception(double quality) =>
        Assert.ThrowsAny<ArgumentException>(() => Coding.Encode(Scenes.Make(4, 4), quality));

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    public void A_thread_count_out_of_range_is_an_exception(int threads)
    {
        Assert.ThrowsAny<ArgumentException>(() => Coding.Encode(Scenes.Make(4, 4), 50, threads));
        byte[] stream = Coding.Encode(Scenes.Make(4, 4));
        Assert.ThrowsAny<ArgumentException>(() => ImageDecoder.Decode(stream, new ImageDecoderOptions { Threads = threads }, out _));
    }

    [Fact]
    public void Missing_arguments_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => ImageEncoder.Encode(null!, new ImageEncoderOptions()));
        Assert.Throws<ArgumentNullException>(() => ImageEncoder.Encode(Scenes.Make(1, 1), null!));
        Assert.Throws<ArgumentNullException>(() => ImageDecoder.Decode(Array.Empty<byte>(), null!, out _));
    }

    [Fact]
    public void A_picture_past_the_ceiling_is_an_exception()
    {
        const int width = Picture.MaxSide, height = 8193;
        var picture = new Picture(width, height, PixelLayout.Grey, GC.AllocateUninitializedArray<byte>(width * height));
        Assert.ThrowsAny<ArgumentException>(() => Coding.Encode(picture));
    }

    [Theory]
    [InlineData(0, 1, PixelLayout.Grey, 0)]
    [InlineData(1, 0, PixelLayout.Grey, 0)]
    [InlineData(65536, 1, PixelLayout.Grey, 65536)]
    [InlineData(1, 65536, PixelLayout.Grey, 65536)]
    [InlineData(2, 2, PixelLayout.Rgb, 11)]
    [InlineData(2, 2, PixelLayout.Rgb, 13)]
    [InlineData(1, 1, (PixelLayout)5, 5)]
    [InlineData(1, 1, (PixelLayout)0, 0)]
    public void A_picture_of_impossible_shape_cannot_be_made(int width, int height, PixelLayout layout, int bytes) =>
        Assert.ThrowsAny<ArgumentException>(() => new Picture(width, height, layout, new byte[bytes]));

    static void AssertRising(ProgressNotes notes)
    {
        Assert.True(notes.Values.Count > 2);
        Assert.Equal(notes.Values.Order(), notes.Values);
        Assert.InRange(notes.Values[0], 0, 1);
        Assert.Equal(1, notes.Values[^1]);
    }
}
