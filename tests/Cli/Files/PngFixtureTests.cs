using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

/// <summary>Reads PNGs that other programs wrote (Pillow 9.4 and ImageMagick 6.9, both through libpng or of their own).</summary>
public class PngFixtureTests
{
    const string Palette2Bit = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEAgMAAAA7XR3TAAAADFBMVEX/AAAA/wAAAP8KFB4iiCkEAAAAFElEQVR4nGOQZmDIcWDY"
        + "2MBw7AAADhYDf5RJldUAAAAASUVORK5CYII=";

    const string Palette4BitTransparent = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEBAMAAAC0HehzAAAAMFBMVEX/AAAA/wAAAP8KFB4AAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAADEabByAAAAA3RSTlMAgP/s97MYAAAAGElEQVR4nGNgVGZgEDIQYFBmVGAwEDIAAAe+AS3phnC4AAAAAElFTkSuQmCC";

    const string OneBit = "iVBORw0KGgoAAAANSUhEUgAAAAkAAAADAQAAAABpcRjbAAAAEUlEQVR4nGNcdY0hlIFx1TUADxIDWNNwIRgAAAAASUVORK5CYII=";

    const string Grey16 = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADEAAAAADBDy1ZAAAAG0lEQVR4nGNkYBB3FXcVd2WJFREXERcRF4EzACqFAwIvcKhTAAAAAElF"
        + "TkSuQmCC";

    const string RgbTransparent = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAADCAIAAADZSiLoAAAABnRSTlMABwAIAAmrSTKdAAAAJ0lEQVR4nGP8uGD9ly/iH5Z6MPh4"
        + "3Gfn4LykeIblkv4nN367Z68MAeMJDfNkCYKOAAAAAElFTkSuQmCC";

    const string GreyTransparent = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAAnRSTlMAUB34nMwAAAAQSURBVHicY2TQ0GCs0NAAAAOsARurQfTf"
        + "AAAAAElFTkSuQmCC";

    const string InterlacedRgb = "iVBORw0KGgoAAAANSUhEUgAAAA0AAAALCAIAAAFc16CgAAAAl0lEQVQY04XNLQoCURiG0XPhWiwGB8RiEYYpTjAbTKYJN8vEyWaX"
        + "YnQZLsGFuBDD4Hj9QeGEj4cXPjgRXbDVcCO6nNkGrUbqhZKGhqitSKT+OnIOaqXiTdSiYpMbaqKj40oXppSvonpMkevTgmowpHX24Zl27EmfqQtmpkZ/"
        + "RTXGTH4bdgXzH/LdguU3B5Zvu4rVQ8ru1R1asR5UuCEOzgAAAABJRU5ErkJggg==";

    const string InterlacedOneBit = "iVBORw0KGgoAAAANSUhEUgAAAA0AAAALAQAAAAH7zgpaAAAAMUlEQVQI12NoYGBgaABCA4YEIOnAcA7I38KwhqGAIQDI6gGygMAr"
        + "gOFcAcPWFQyGHQDvMgrlH3E0BwAAAABJRU5ErkJggg==";

    const string InterlacedRgba16 = "iVBORw0KGgoAAAANSUhEUgAAAA0AAAALEAYAAAGDJeu0AAACVUlEQVQ4y4WSP0hbYRTFf/f0i8Y08Q9GDArFSiGd5A1pcXBwcOgU"
        + "MgqW4vjADo4ZOkinzM4ZHDs8yNrBIZPQvWTOJnQKtNCYvLyvw/vSNlLodDjnnvudey+fAYD33WOKAI7i53MAihQv+vfQ3MOB99/OKYP3juLn81fDH1cU"
        + "Kb7v32O4txF439zD7Ywm/eYebvcvtPo6mhtg/iQ43Nuo0p4NcblzjguFl8OfNzjc6+H3K0MHNfC+vo6Wbv1lfR0t32YBc770iC/fZpcuHxJwaDV/WdXG"
        + "tI9D1Xh6g0PVYdrCoa3T6XmoHy80hpG0m0z6OLQfj0c49DwZX+HQ/uk4wqH95CGyzQ42HxXgf+jQQe3JOw5RPjPKd/yb/0F/GRr8IUKlQfYJocpgVkNo"
        + "9XrWQajSTmOEVu9msUMHNTdvaOSGjUHaQqh6PY0RqjamY4S2PqbxYsIoT9gYpDWEanfTDkK7o4c3CO2WJvHCDqUkixDauEsjhLaTSQehZ8nDGKH95CE2"
        + "bLsM3m92MOvRrXYw9ehudjD1fLca9M2gV4O+6PcLdXvUrx5dl/8cQFi4gRUqvoywwo7/hLBC2w+DXkNYoZG1EFa49i+C3kdYoenHCCskPgp6jLBCnH1d"
        + "CAqnsKWLPGjlIisjrBhw5SKrBd56pOe+s988CvUjhK3E2c2joHyj5dvsBGGlndkJwsrtnD8dBP4l4HXAUV4vN3P+9MvsaMEXZyf/PN1yPbtEWKmefUBY"
        + "pZ0OEbY2mH1A2FojbSFs/SzwetpH2Foz8CSNcn0WI2wtTm9+Aa9NEZQ8pYIFAAAAAElFTkSuQmCC";

    static Picture Read(string base64) => PictureReader.Read(Convert.FromBase64String(base64));

    static byte[] Pixels(int width, int height, params Func<int, int, int>[] channels) =>
        [.. Enumerable.Range(0, width * height).SelectMany(i => channels.Select(channel => (byte)channel(i % width, i / width)))];

    [Fact]
    public void A_palette_of_two_bits_gives_its_colours()
    {
        byte[][] colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 20, 30]];
        Picture picture = Read(Palette2Bit);
        Assert.Equal((5, 4, PixelLayout.Rgb), (picture.Width, picture.Height, picture.Layout));
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => colours[i % 4]), picture.Pixels);
    }

    [Fact]
    public void A_palette_with_transparency_gives_alpha_and_opaque_beyond_the_chunk()
    {
        byte[][] colours = [[255, 0, 0, 0], [0, 255, 0, 128], [0, 0, 255, 255], [10, 20, 30, 255]];
        Picture picture = Read(Palette4BitTransparent);
        Assert.Equal(PixelLayout.Rgba, picture.Layout);
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => colours[i % 4]), picture.Pixels);
    }

    [Fact]
    public void One_bit_is_black_and_white() =>
        Assert.Equal(Enumerable.Range(0, 27).Select(i => i % 2 == 0 ? (byte)255 : (byte)0), Read(OneBit).Pixels);

    [Fact]
    public void Sixteen_bits_are_rounded_to_the_nearest_of_eight() =>
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (byte)Math.Round(i * 5957 / 257.0)), Read(Grey16).Pixels);

    [Fact]
    public void The_transparent_colour_of_an_rgb_picture_becomes_alpha()
    {
        byte[] rgb =
        [
            241, 160, 175, 229, 148, 198, 213, 57, 14, 76, 72, 223, 7, 8, 9, 210, 33, 204, 30, 119, 209, 77, 87, 71, 184, 65, 253,
        ];
        Picture picture = Read(RgbTransparent);
        Assert.Equal(PixelLayout.Rgba, picture.Layout);
        Assert.Equal(rgb.Chunk(3).SelectMany(pixel => (byte[])[.. pixel, pixel[0] == 7 ? (byte)0 : (byte)255]), picture.Pixels);
    }

    [Fact]
    public void The_transparent_grey_of_a_grey_picture_becomes_alpha()
    {
        Picture picture = Read(GreyTransparent);
        Assert.Equal(PixelLayout.GreyAlpha, picture.Layout);
        Assert.Equal([0, 255, 40, 255, 80, 0, 120, 255, 160, 255, 200, 255], picture.Pixels);
    }

    [Fact]
    public void An_interlaced_rgb_picture_is_put_together() =>
        Assert.Equal(Pixels(13, 11, (x, _) => x * 19, (_, y) => y * 23, (x, y) => x * y * 5), Read(InterlacedRgb).Pixels);

    [Fact]
    public void An_interlaced_picture_of_one_bit_is_put_together() =>
        Assert.Equal(Pixels(13, 11, (x, y) => ((x * x) + (y * 3)) % 5 < 2 ? 255 : 0), Read(InterlacedOneBit).Pixels);

    [Fact]
    public void An_interlaced_picture_of_sixteen_bits_with_alpha_is_put_together()
    {
        static int Rounded(int value) => (int)Math.Round(value / 257.0);
        Picture picture = Read(InterlacedRgba16);
        Assert.Equal(PixelLayout.Rgba, picture.Layout);
        byte[] expected = Pixels(
            13, 11,
            (x, y) => Rounded((x * 5000) + y),
            (x, y) => Rounded((y * 5900) + x),
            (x, y) => Rounded(x * y * 431 % 65536),
            (x, y) => Rounded(65535 - (x * y * 100)));
        Assert.Equal(expected, picture.Pixels);
    }
}
