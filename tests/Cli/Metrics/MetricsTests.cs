using Lacuna.Cli.Metrics;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Metrics;

public class MetricsTests
{
    /// <remarks>
    /// The values come from an independent computation in NumPy (two-dimensional windows, float64); those of five scales agree to
    /// 1e-15 with one in PyTorch that follows pytorch-msssim 1.0 step by step.
    /// </remarks>
    [Theory]
    [InlineData(176, 163, PixelLayout.Rgb, 0.8802706962058645, 21.346298408019457, 55)]
    [InlineData(177, 190, PixelLayout.Grey, 0.8770499517427564, 21.365758247140544, 55)]
    [InlineData(64, 50, PixelLayout.Rgb, 0.8354449541503204, 21.396661197710934, 55)]
    [InlineData(25, 21, PixelLayout.Rgb, 0.6624242567276829, 21.480684987863484, 55)]
    [InlineData(15, 12, PixelLayout.Grey, 0.23432209818690333, 21.6199088365671, 54)]
    [InlineData(9, 7, PixelLayout.Rgb, 0.07764308768179765, 21.509523980159656, 54)]
    [InlineData(4, 1, PixelLayout.Grey, 0, 19.860343438631762, 48)]
    public void Values_agree_with_an_independent_computation(int width, int height, PixelLayout layout, double msSsim, double psnr, int max)
    {
        Picture a = TestPictures.Slopes(width, height, layout, 3);
        Picture b = TestPictures.Slopes(width, height, layout, 5);
        Assert.Equal(msSsim, MsSsim.Measure(a, b), 1e-12);
        PictureError error = PictureError.Measure(a, b);
        Assert.Equal(psnr, error.Psnr, 1e-12);
        Assert.Equal(max, error.MaxError);
    }

    [Fact]
    public void Equal_pictures_have_similarity_one_and_no_error()
    {
        Picture picture = TestPictures.Noise(200, 180, PixelLayout.Rgb, 8);
        Assert.Equal(1, MsSsim.Measure(picture, picture), 1e-12);
        Assert.Equal(double.PositiveInfinity, PictureError.Measure(picture, picture).Psnr);
    }

    [Fact]
    public void Psnr_of_a_difference_of_one_is_known_by_hand()
    {
        var a = new Picture(2, 1, PixelLayout.Rgb, [0, 10, 20, 30, 40, 50]);
        var b = new Picture(2, 1, PixelLayout.Rgb, [1, 10, 22, 31, 40, 52]);
        PictureError error = PictureError.Measure(a, b);
        Assert.Equal([1, 0, 4], error.MeanSquares);
        Assert.Equal(20 * Math.Log10(255), error.ChannelPsnr[0], 1e-12);
        Assert.Equal(10 * Math.Log10(65025 / (5.0 / 3)), error.Psnr, 1e-12);
    }

    [Theory]
    [InlineData(161, 5)]
    [InlineData(160, 4)]
    [InlineData(81, 4)]
    [InlineData(80, 3)]
    [InlineData(21, 2)]
    [InlineData(20, 1)]
    [InlineData(1, 1)]
    public void Small_pictures_have_fewer_scales(int side, int scales) => Assert.Equal(scales, MsSsim.Scales(side));

    [Fact]
    public void Sizes_and_layouts_must_agree()
    {
        Picture a = TestPictures.Noise(4, 4, PixelLayout.Rgb, 1);
        Assert.Throws<ArgumentException>(() => PictureError.Measure(a, TestPictures.Noise(4, 5, PixelLayout.Rgb, 1)));
        Assert.Throws<ArgumentException>(() => MsSsim.Measure(a, TestPictures.Noise(4, 4, PixelLayout.Grey, 1)));
    }

    [Fact]
    public void What_lies_under_transparent_pixels_does_not_count()
    {
        var a = new Picture(2, 1, PixelLayout.Rgba, [1, 2, 3, 0, 100, 100, 100, 255]);
        var b = new Picture(2, 1, PixelLayout.Rgba, [9, 9, 9, 0, 100, 100, 100, 255]);
        PictureComparison comparison = PictureComparison.Measure(a, b);
        Assert.True(comparison.Identical);
        Assert.Equal(0, comparison.Alpha!.MaxError);
    }

    [Fact]
    public void Missing_alpha_is_opaque_and_grey_is_three_equal_channels()
    {
        var grey = new Picture(2, 1, PixelLayout.Grey, [10, 200]);
        var same = new Picture(2, 1, PixelLayout.Rgba, [10, 10, 10, 255, 200, 200, 200, 255]);
        var thin = new Picture(2, 1, PixelLayout.Rgba, [10, 10, 10, 255, 200, 200, 200, 250]);
        Assert.True(PictureComparison.Measure(grey, same).Identical);
        Assert.Equal(5, PictureComparison.Measure(grey, thin).Alpha!.MaxError);
        Assert.Null(PictureComparison.Measure(grey, grey).Alpha);
    }
}
