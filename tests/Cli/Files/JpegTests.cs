using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Jpeg;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

public class JpegTests
{
    /// <summary>16 x 8: left half (20, 60, 200), right half (200, 60, 20), Exif orientation 6 (made by Pillow 9.4).</summary>
    internal const string Turned =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgF"
        + "BQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
        + "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIABADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA"
        + "/8QAFgEBAQEAAAAAAAAAAAAAAAAACQcI/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AlRs1LCwL0iz/2Q==";

    [Fact]
    public void A_jpeg_is_read_upright_or_the_missing_library_is_named()
    {
        byte[] file = Convert.FromBase64String(Turned);
        if (TurboJpeg.Library is null)
        {
            var fault = Assert.Throws<FileFormatException>(() => PictureReader.Read(file));
            Assert.Contains("libturbojpeg", fault.Message, StringComparison.Ordinal);
            return;
        }

        Picture picture = PictureReader.Read(file);
        Assert.Equal((8, 16, PixelLayout.Rgb), (picture.Width, picture.Height, picture.Layout));
        byte[][] corners = [picture.Pixels[..3], picture.Pixels[^3..]];
        Assert.All(corners[0].Zip((byte[])[20, 60, 200]), pair => Assert.InRange(pair.First - pair.Second, -8, 8));
        Assert.All(corners[1].Zip((byte[])[200, 60, 20]), pair => Assert.InRange(pair.First - pair.Second, -8, 8));
    }

    [Fact]
    public void The_orientation_is_found_and_oddities_count_as_upright()
    {
        byte[] file = Convert.FromBase64String(Turned);
        Assert.Equal(6, JpegOrientation.Find(file));
        for (int length = 0; length < 50; length++)
        {
            Assert.InRange(JpegOrientation.Find(file.AsSpan(0, length)), 1, 6);
        }

        Assert.Equal(1, JpegOrientation.Find([0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF]));
    }

    [Theory]
    [InlineData(1, "abc/def")]
    [InlineData(2, "cba/fed")]
    [InlineData(3, "fed/cba")]
    [InlineData(4, "def/abc")]
    [InlineData(5, "ad/be/cf")]
    [InlineData(6, "da/eb/fc")]
    [InlineData(7, "fc/eb/da")]
    [InlineData(8, "cf/be/ad")]
    public void Every_orientation_is_turned_upright(int orientation, string expected)
    {
        var stored = new Picture(3, 2, PixelLayout.Grey, [.. "abcdef".Select(c => (byte)c)]);
        Picture upright = JpegOrientation.Upright(stored, orientation);
        IEnumerable<string> rows = upright.Pixels.Chunk(upright.Width).Select(row => string.Concat(row.Select(b => (char)b)));
        Assert.Equal(expected, string.Join('/', rows));
    }
}
