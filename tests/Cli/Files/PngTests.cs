using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Png;
using Lacuna.Codecs;

namespace Lacuna.Tests.Cli.Files;

public class PngTests
{
    static byte[] Written(Picture picture, int level = PngWriter.DefaultLevel)
    {
        var file = new MemoryStream();
        PngWriter.Write(picture, file, level);
        return file.ToArray();
    }

    [Fact]
    public void What_is_written_is_read_back_in_every_layout() =>
        Prop.ForAll(TestPictures.Any, picture => TestPictures.Same(picture, PictureReader.Read(Written(picture))))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Every_level_keeps_the_picture(int level)
    {
        Picture picture = TestPictures.Slopes(300, 200, PixelLayout.Rgb, 3);
        Assert.True(TestPictures.Same(picture, PictureReader.Read(Written(picture, level))));
    }

    [Fact]
    public void A_higher_level_writes_fewer_bytes_of_a_patterned_picture()
    {
        byte[] pixels = [.. Enumerable.Range(0, 300 * 200).Select(i => (byte)(i % 300 * (i / 300) % 23 * 11))];
        var picture = new Picture(300, 200, PixelLayout.Grey, pixels);
        Assert.True(Written(picture, 9).Length < Written(picture, 1).Length);
        Assert.True(Written(picture, 1).Length < Written(picture, 0).Length);
    }

    [Fact]
    public void Filters_make_a_slope_small()
    {
        var pixels = Enumerable.Range(0, 256 * 256).Select(i => (byte)((i % 256) + (i / 256))).ToArray();
        Assert.True(Written(new Picture(256, 256, PixelLayout.Grey, pixels)).Length < 1000);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void Every_colour_type_and_depth_is_read_plain_and_interlaced(int colour, int depth)
    {
        int max = (1 << depth) - 1;
        int Sample(int x, int y, int channel) => ((x * 7919) + (y * 104729) + (channel * 1299709)) & max;
        byte[] palette = [.. Enumerable.Range(0, 3 * 256).Select(i => (byte)(i * 37)).Take(3 << Math.Min(depth, 8))];
        (string, byte[])[] extra = colour == 3 ? [("PLTE", palette)] : [];
        foreach ((int width, int height, bool interlaced) in (IEnumerable<(int, int, bool)>)
            [(1, 1, false), (1, 1, true), (3, 2, true), (5, 1, true), (1, 9, true), (17, 13, false), (17, 13, true), (8, 8, true)])
        {
            Picture picture = PictureReader.Read(PngMaker.Make(width, height, depth, colour, interlaced, Sample, extra));
            for (int i = 0; i < picture.Pixels.Length; i++)
            {
                (int x, int y, int channel) = (i / picture.Channels % width, i / picture.Channels / width, i % picture.Channels);
                int expected = colour == 3
                    ? palette[(3 * Sample(x, y, 0)) + channel]
                    : (int)Math.Round(Sample(x, y, channel) * 255.0 / max, MidpointRounding.AwayFromZero);
                Assert.True(expected == picture.Pixels[i], $"{width} x {height}, interlaced {interlaced}: byte {i}");
            }
        }
    }

    [Fact]
    public void The_transparent_sample_of_sixteen_bits_is_compared_in_full()
    {
        byte[] file = PngMaker.Make(2, 1, 16, 0, false, (x, _, _) => 0x1234 + x, ("tRNS", [0x12, 0x34]));
        Assert.Equal([0x12, 0, 0x12, 255], PictureReader.Read(file).Pixels);
    }

    [Fact]
    public void A_wrong_check_value_is_told_with_its_chunk()
    {
        byte[] file = Written(TestPictures.Noise(4, 4, PixelLayout.Rgb, 1));
        file[8 + 8 + 13] ^= 1;
        var fault = Assert.Throws<FileFormatException>(() => PictureReader.Read(file));
        Assert.Equal("the check value of the PNG chunk IHDR is wrong", fault.Message);
    }

    [Fact]
    public void A_wrong_check_value_of_the_compressed_data_is_found()
    {
        byte[] data = PngMaker.Deflated([0, 1, 2]);
        data[^1] ^= 1;
        byte[] file = PngMaker.File([("IHDR", Header(2, 1)), ("IDAT", data), ("IEND", [])]);
        var fault = Assert.Throws<FileFormatException>(() => PictureReader.Read(file));
        Assert.Equal("the compressed data of the PNG is damaged", fault.Message);
    }

    [Fact]
    public void Every_truncation_is_a_fault()
    {
        byte[] file = Written(TestPictures.Noise(9, 7, PixelLayout.Rgba, 2));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<FileFormatException>(() => PictureReader.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void A_size_past_the_pixel_limit_is_refused()
    {
        byte[] file = Written(TestPictures.Noise(100, 100, PixelLayout.Rgb, 3));
        Assert.Equal(100, PictureReader.Read(file, maxPixels: 10000).Width);
        var fault = Assert.Throws<FileFormatException>(() => PictureReader.Read(file, maxPixels: 9999));
        Assert.Equal("its 100 x 100 pixels are more than the limit of 9999; --max-pixels raises it", fault.Message);
    }

    [Fact]
    public void A_size_that_the_data_cannot_fill_is_refused_before_memory_is_taken()
    {
        byte[] file = PngMaker.File([("IHDR", Header(16000, 16000)), ("IDAT", PngMaker.Deflated(new byte[100])), ("IEND", [])]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FileFormatException>(() => PictureReader.Read(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(65536, 1)]
    [InlineData(-1, -1)]
    public void A_size_outside_the_format_is_refused(int width, int height)
    {
        byte[] file = PngMaker.File([("IHDR", Header(width, height)), ("IDAT", PngMaker.Deflated([0])), ("IEND", [])]);
        Assert.Throws<FileFormatException>(() => PictureReader.Read(file));
    }

    [Fact]
    public void Chunks_out_of_place_or_unknown_and_critical_are_refused()
    {
        byte[] data = PngMaker.Deflated([0, 1, 2]);
        (string, byte[]) header = ("IHDR", Header(2, 1)), image = ("IDAT", data), end = ("IEND", []);
        (string, byte[])[][] wrong =
        [
            [image, end], [header, end], [header, header, image, end], [header, image, ("tEXt", []), image, end],
            [header, ("ABCD", []), image, end], [header, ("PLTE", [1]), image, end], [header, ("tRNS", [1]), image, end],
        ];
        foreach ((string, byte[])[] chunks in wrong)
        {
            Assert.Throws<FileFormatException>(() => PictureReader.Read(PngMaker.File(chunks)));
        }

        Assert.Equal([1, 2], PictureReader.Read(PngMaker.File([header, ("tEXt", [65]), image, end])).Pixels);
    }

    static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return header;
    }
}
