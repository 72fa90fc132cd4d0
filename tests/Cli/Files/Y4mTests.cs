using System.Text;
using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

public class Y4mTests
{
    static Picture Read(string header, params byte[] samples) =>
        PictureReader.Read((byte[])[.. Encoding.ASCII.GetBytes(header + "\nFRAME\n"), .. samples]);

    static Picture RoundTrip(Picture picture, OutputFormat format)
    {
        var file = new MemoryStream();
        PictureWriter.Write(picture, format, file);
        return PictureReader.Read(file.ToArray());
    }

    [Fact]
    public void Colours_of_bt601_come_out_as_the_standard_has_them()
    {
        // 75 % bars as published for BT.601: yellow, cyan, green, magenta, red, blue; then white and black.
        byte[] luma = [162, 131, 112, 84, 65, 35, 235, 16];
        byte[] blue = [44, 156, 72, 184, 100, 212, 128, 128];
        byte[] red = [142, 44, 58, 198, 212, 114, 128, 128];
        Picture picture = Read("YUV4MPEG2 W8 H1 C444", [.. luma, .. blue, .. red]);
        int[] expected = [191, 191, 0, 0, 191, 191, 0, 191, 0, 191, 0, 191, 191, 0, 0, 0, 0, 191, 255, 255, 255, 0, 0, 0];
        Assert.All(expected.Zip(picture.Pixels), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void Full_chroma_loses_only_the_rounding_of_the_limited_range()
    {
        Picture picture = TestPictures.Noise(31, 17, PixelLayout.Rgb, 5);
        Picture back = RoundTrip(picture, OutputFormat.Y4m);
        Assert.All(picture.Pixels.Zip(back.Pixels), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
    }

    [Fact]
    public void Halved_chroma_keeps_flat_colours_and_odd_sizes()
    {
        var pixels = Enumerable.Repeat((byte[])[200, 100, 50], 7 * 5).SelectMany(pixel => pixel).ToArray();
        Picture back = RoundTrip(new Picture(7, 5, PixelLayout.Rgb, pixels), OutputFormat.Y4m420);
        Assert.Equal((7, 5), (back.Width, back.Height));
        Assert.All(pixels.Zip(back.Pixels), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void Grey_loses_nothing()
    {
        Picture picture = TestPictures.Noise(9, 9, PixelLayout.Grey, 6);
        Assert.True(TestPictures.Same(picture, RoundTrip(picture, OutputFormat.Y4m)));
    }

    [Fact]
    public void Chroma_lies_where_the_sampling_puts_it()
    {
        byte[] luma = [.. Enumerable.Repeat((byte)128, 4)];
        byte[] chroma = [128, 188, 128, 128];
        int[] Blues(string sampling) => [.. Read($"YUV4MPEG2 W4 H1 C{sampling}", [.. luma, .. chroma]).Pixels.Where((_, i) => i % 3 == 2)];
        int[] centred = Blues("420jpeg");
        int[] left = Blues("422");
        Assert.True(centred[0] < centred[1] && centred[1] < centred[2] && centred[2] < centred[3]);
        Assert.True(left[0] < left[1] && left[1] < left[2] && left[2] == left[3]);
        Assert.Equal(left, Blues("420mpeg2"));
    }

    [Fact]
    public void The_frame_asked_for_is_read()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W1 H1 Cmono XCOLORRANGE=FULL\nFRAME\n1FRAME Ip\n2FRAME\n3")];
        Assert.Equal("123", string.Concat(Enumerable.Range(0, 3).Select(i => (char)PictureReader.Read(file, frame: i).Pixels[0])));
        var fault = Assert.Throws<FileFormatException>(() => PictureReader.Read(file, frame: 3));
        Assert.Equal("the y4m file has 3 frames, and number 3 (from 0) was asked for", fault.Message);
    }

    [Theory]
    [InlineData("YUV4MPEG2 W2 H2 C420p10", "a y4m file of chroma 420p10 is not known here")]
    [InlineData("YUV4MPEG2 W2 H2 Cmono", "the y4m file ends inside a frame")]
    [InlineData("YUV4MPEG2 W99999 H99999", "its size is 99999 x 99999 pixels; a side holds at most 65535")]
    [InlineData("YUV4MPEG2 H2", "its size is 0 x 2 pixels; nothing to read")]
    [InlineData("YUV4MPEG2 Wx H2", "the y4m header has a size that is no number")]
    public void Faults_are_told_in_one_line(string header, string message) =>
        Assert.Equal(message, Assert.Throws<FileFormatException>(() => Read(header)).Message);
}
