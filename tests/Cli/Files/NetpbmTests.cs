using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

public class NetpbmTests
{
    static Picture Read(string header, params byte[] samples) =>
        PictureReader.Read((byte[])[.. Encoding.ASCII.GetBytes(header), .. samples]);

    static byte[] Written(Picture picture, OutputFormat format)
    {
        var file = new MemoryStream();
        PictureWriter.Write(picture, format, file);
        return file.ToArray();
    }

    [Fact]
    public void A_pam_keeps_every_layout() =>
        Prop.ForAll(TestPictures.Any, picture => TestPictures.Same(picture, PictureReader.Read(Written(picture, OutputFormat.Pam))))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(PixelLayout.Grey, nameof(OutputFormat.Pgm))]
    [InlineData(PixelLayout.Grey, nameof(OutputFormat.Pnm))]
    [InlineData(PixelLayout.Rgb, nameof(OutputFormat.Ppm))]
    [InlineData(PixelLayout.Rgb, nameof(OutputFormat.Pnm))]
    public void Pgm_and_ppm_keep_what_they_can_hold(PixelLayout layout, string format)
    {
        Picture picture = TestPictures.Noise(13, 7, layout, 4);
        Assert.True(TestPictures.Same(picture, PictureReader.Read(Written(picture, Enum.Parse<OutputFormat>(format)))));
    }

    [Fact]
    public void Grey_in_a_ppm_becomes_three_equal_channels()
    {
        Picture picture = PictureReader.Read(Written(new Picture(2, 1, PixelLayout.Grey, [3, 250]), OutputFormat.Ppm));
        Assert.Equal([3, 3, 3, 250, 250, 250], picture.Pixels);
    }

    [Fact]
    public void What_a_format_cannot_hold_is_refused()
    {
        Assert.NotNull(PictureWriter.Lacks(OutputFormat.Pgm, PixelLayout.Rgb));
        Assert.NotNull(PictureWriter.Lacks(OutputFormat.Ppm, PixelLayout.Rgba));
        Assert.NotNull(PictureWriter.Lacks(OutputFormat.Y4m, PixelLayout.GreyAlpha));
        Assert.Null(PictureWriter.Lacks(OutputFormat.Png, PixelLayout.Rgba));
        Assert.Throws<ArgumentException>(() => Written(TestPictures.Noise(2, 2, PixelLayout.Rgba, 1), OutputFormat.Ppm));
    }

    [Fact]
    public void Plain_files_are_read_with_comments_anywhere_in_white_space()
    {
        Assert.Equal([255, 0, 0, 255, 0, 255], Read("P1 #bits\n3 2\n01 1\n0 # the last\n10").Pixels);
        Assert.Equal([0, 128, 255], Read("P2\n3 1\n# max\n2\n0 1 2\n").Pixels);
        Assert.Equal([255, 0, 51], Read("P3 1 1 5 5 0 1").Pixels);
    }

    [Fact]
    public void Binary_files_are_read()
    {
        Assert.Equal([0, 255, 0, 255, 0, 255, 0, 255, 0, 255], Read("P4\n10 1\n", 0b10101010, 0b10111111).Pixels);
        Assert.Equal([7, 8], Read("P5 2 1 255\n", 7, 8).Pixels);
        Assert.Equal([1, 255, 0], Read("P6 1 1 65535\n", 1, 1, 255, 255, 0, 128).Pixels);
        string pam = "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n";
        Assert.Equal([9, 8, 7, 6], Read(pam, 9, 8, 7, 6).Pixels);
    }

    [Theory]
    [InlineData("P5 2 1 255\n!", "the Netpbm file ends too soon")]
    [InlineData("P5 2 1 0\n!!", "its largest sample is 0; Netpbm has 1 to 65535")]
    [InlineData("P5 x", "the Netpbm file has something else where a number belongs")]
    [InlineData("P5 12345678901 1 255\n", "a number of the Netpbm file is too large")]
    [InlineData("P2 2 1 9 10 0", "a sample is larger than the largest that the file names")]
    [InlineData("P1 2 1 02", "a pixel of the PBM is neither 0 nor 1")]
    [InlineData("P5 60000 60000 255\n", "its 60000 x 60000 pixels are more than the limit of 268435456; --max-pixels raises it")]
    [InlineData("P6 10000 10000 255\n", "the Netpbm file ends too soon")]
    [InlineData("P7\nWIDTH 2\n", "the header of the PAM does not end")]
    [InlineData(
        "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\n",
        "a PAM of type GRAYSCALE with 3 channels is not a picture known here")]
    [InlineData("P8 1 1", "not a picture known here (PNG, JPEG, PBM, PGM, PPM, PAM, y4m)")]
    [InlineData("", "is empty")]
    public void Faults_are_told_in_one_line(string file, string message) =>
        Assert.Equal(message, Assert.Throws<FileFormatException>(() => Read(file)).Message);

    [Fact]
    public void Eight_bits_are_the_nearest_to_every_depth()
    {
        foreach (int max in (int[])[1, 3, 15, 100, 255, 1023, 65535])
        {
            byte[] table = SampleScale.Table(max);
            Assert.All(Enumerable.Range(0, max + 1), value => Assert.InRange(Math.Abs(table[value] - (value * 255.0 / max)), 0, 0.5));
        }
    }
}
