using System.Text.Json;
using Lacuna.Cli.Files;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;

namespace Lacuna.Tests.Cli;

/// <summary>The commands end to end, with the codec.</summary>
public class CodecCommandsTests
{
    const int Width = 96;
    const int Height = 80;

    static Picture Sample(PixelLayout layout = PixelLayout.Rgb) => TestPictures.Slopes(Width, Height, layout, 3);

    static byte[] FileOf(Picture picture, OutputFormat format = OutputFormat.Png)
    {
        var file = new MemoryStream();
        PictureWriter.Write(picture, format, file);
        return file.ToArray();
    }

    static byte[] Encoded(PixelLayout layout = PixelLayout.Rgb, params string[] options)
    {
        CliRun run = CliRun.With(FileOf(Sample(layout), OutputFormat.Pam), ["encode", "-", "-", .. options]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return run.Output;
    }

    [Theory]
    [InlineData("o.png")]
    [InlineData("o.ppm")]
    [InlineData("o.PNM")]
    [InlineData("o.pam")]
    public void A_picture_is_encoded_and_decoded_from_file_to_file(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.png"], FileOf(Sample()));
        CliRun encode = CliRun.Of("encode", folder["a.png"], folder["a.lac"], "--quality", "70", "--threads", "2");
        Assert.Equal((0, ""), (encode.Exit, encode.Error));
        Assert.StartsWith($"{folder["a.lac"]}: 96 x 80 rgb, quality ", encode.Text, StringComparison.Ordinal);
        CliRun decode = CliRun.Of("decode", folder["a.lac"], folder[name], "--threads", "1");
        Assert.Equal((0, ""), (decode.Exit, decode.Error));
        Picture expected = Decoded(File.ReadAllBytes(folder["a.lac"]));
        Assert.True(TestPictures.Same(expected, PictureReader.Read(File.ReadAllBytes(folder[name]))));
        Assert.Equal(["a.lac", "a.png", name], folder.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pipes_carry_the_stream_and_the_picture_and_nothing_else()
    {
        CliRun decode = CliRun.With(Encoded(), "decode", "-", "-");
        Assert.Equal((0, ""), (decode.Exit, decode.Error));
        Assert.Equal(PictureKind.Png, PictureReader.Detect(decode.Output));
        CliRun y4m = CliRun.With(Encoded(), "decode", "-", "-", "--format", "y4m420");
        Assert.Equal(PictureKind.Y4m, PictureReader.Detect(y4m.Output));
        Assert.Equal((Width, Height), (PictureReader.Read(y4m.Output).Width, PictureReader.Read(y4m.Output).Height));
    }

    [Theory]
    [InlineData(PixelLayout.Grey)]
    [InlineData(PixelLayout.GreyAlpha)]
    [InlineData(PixelLayout.Rgba)]
    public void Every_layout_comes_back_as_it_went(PixelLayout layout)
    {
        CliRun decode = CliRun.With(Encoded(layout), "decode", "-", "-");
        Picture picture = PictureReader.Read(decode.Output);
        Assert.Equal((Width, Height, layout), (picture.Width, picture.Height, picture.Layout));
        if (layout.HasAlpha())
        {
            static IEnumerable<byte> Alpha(Picture p) => p.Pixels.Where((_, i) => (i + 1) % p.Channels == 0);
            Assert.Equal(Alpha(Sample(layout)), Alpha(picture));
        }
    }

    [Fact]
    public void The_bound_in_bytes_is_kept_and_one_that_cannot_be_is_a_fault()
    {
        int most = Encoded(PixelLayout.Rgb, "--quality", "30").Length;
        Assert.InRange(Encoded(PixelLayout.Rgb, "--bytes", $"{most}").Length, 1, most);

        using var folder = new TemporaryFolder();
        CliRun run = CliRun.With(FileOf(Sample()), "encode", "-", folder["a.lac"], "--bytes", "1");
        Assert.Equal((1, $"{folder["a.lac"]}: the picture does not fit into 1 bytes at any quality\n"), (run.Exit, run.Error));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Json_of_encode_info_and_decode_agree()
    {
        using var folder = new TemporaryFolder();
        CliRun encode = CliRun.With(FileOf(Sample(PixelLayout.Rgba)), "encode", "-", folder["a.lac"], "--quality", "25", "--json");
        CliRun info = CliRun.Of("info", folder["a.lac"], "--json");
        CliRun decode = CliRun.Of("decode", folder["a.lac"], folder["a.png"], "--json");
        using JsonDocument encoded = JsonDocument.Parse(encode.Output);
        using JsonDocument told = JsonDocument.Parse(info.Output);
        using JsonDocument decoded = JsonDocument.Parse(decode.Output);
        long length = new FileInfo(folder["a.lac"]).Length;
        foreach (JsonElement one in (JsonElement[])[encoded.RootElement, told.RootElement, decoded.RootElement])
        {
            Assert.Equal((Width, Height), (one.GetProperty("width").GetInt32(), one.GetProperty("height").GetInt32()));
            Assert.Equal("rgb+alpha", one.GetProperty("layout").GetString());
            Assert.Equal(length, one.GetProperty("bytes").GetInt64());
        }

        Assert.Equal(25, told.RootElement.GetProperty("quality").GetDouble(), 0.1);
        Assert.True(told.RootElement.GetProperty("hasModel").GetBoolean());
        Assert.Matches("^[0-9a-f]{16}$", told.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public void Info_tells_the_header_in_lines()
    {
        CliRun run = CliRun.With(Encoded(), "info", "-");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("size     96 x 80 pixels\nlayout   rgb\n", run.Text, StringComparison.Ordinal);
        Assert.Contains("(held by this program)", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_decodes_a_stream_first()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.png"], FileOf(Sample()));
        File.WriteAllBytes(folder["a.lac"], Encoded());
        File.WriteAllBytes(folder["b.png"], FileOf(Decoded(File.ReadAllBytes(folder["a.lac"]))));
        CliRun run = CliRun.Of("compare", folder["a.png"], folder["a.lac"]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(CliRun.Of("compare", folder["a.png"], folder["b.png"]).Text, run.Text);
    }

    [Fact]
    public void What_a_format_cannot_hold_is_a_fault_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        CliRun run = CliRun.With(Encoded(PixelLayout.Rgba), "decode", "-", folder["a.ppm"]);
        Assert.Equal((1, $"{folder["a.ppm"]}: PPM holds no alpha, which the picture has; PNG and PAM do\n"), (run.Exit, run.Error));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void The_pixel_limit_is_kept()
    {
        CliRun run = CliRun.With(Encoded(), "decode", "-", "-", "--max-pixels", "7679");
        Assert.Equal(
            (1, "standard input: its 96 x 80 pixels are more than the limit of 7679; --max-pixels raises it\n"), (run.Exit, run.Error));
    }

    [Fact]
    public void Damaged_streams_are_one_line_exit_code_1_and_no_file()
    {
        using var folder = new TemporaryFolder();
        byte[] stream = Encoded();
        byte[] flipped = [.. stream];
        flipped[^10] ^= 4;
        foreach (byte[] damaged in (byte[][])[stream[..^20], stream[..3], flipped, "hello, world; this is text"u8.ToArray()])
        {
            CliRun run = CliRun.With(damaged, "decode", "-", folder["a.png"]);
            Assert.Equal((1, ""), (run.Exit, run.Text));
            Assert.Matches("^standard input: (?!.*mistake)[^\n]+\n$", run.Error);
            Assert.Empty(folder.Names);
        }

        Assert.Equal("standard input: not a Lacuna stream\n", CliRun.With("hello, world; this is text"u8.ToArray(), "info", "-").Error);
    }

    [Fact]
    public void A_full_device_is_told_in_one_line()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        CliRun run = CliRun.With(FileOf(Sample()), "encode", "-", "/dev/full");
        Assert.Equal((1, "/dev/full: cannot be written: no space left on the device\n"), (run.Exit, run.Error));
        Assert.Equal(1, CliRun.With(Encoded(), "decode", "-", "/dev/full", "--format", "png").Exit);
    }

    [Fact]
    public void Bench_measures_the_codec()
    {
        var area = new Lacuna.Cli.Bench.ImageArea();
        var measurements = new Lacuna.Cli.Bench.BenchRunner(TimeSpan.FromMilliseconds(1)).Run(area);
        Assert.Equal(
            ["image/encode", "image/decode", "image/encode-once", "image/decode-once"],
            measurements.Select(one => one.Name).Distinct());
        Assert.All(measurements, one => Assert.True(one.Median > 0 && one.Unit == "ms"));
        Assert.Contains(measurements, one => one.Threads == 1);
    }

    static Picture Decoded(byte[] stream)
    {
        ImageDecoder.Decode(stream, new ImageDecoderOptions(), out Picture? picture);
        return picture!;
    }
}
