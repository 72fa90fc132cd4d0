using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;
using Lacuna.Tests.Engine.Streams;

namespace Lacuna.Tests.Engine.Codecs;

public class RoundTripTests
{
    public static TheoryData<string, PixelLayout> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, PixelLayout>();
            foreach (string size in new[] { "1x1", "1x17", "17x1", "16x16", "15x33", "65x64" })
            {
                foreach (PixelLayout layout in Enum.GetValues<PixelLayout>())
                {
                    shapes.Add(size, layout);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_picture_of_any_size_and_layout_comes_back_like_itself_its_alpha_exactly(string size, PixelLayout layout)
    {
        (int width, int height) = size.Split('x') is [string first, string second] ? (int.Parse(first), int.Parse(second)) : default;
        Picture picture = Scenes.Make(width, height, layout);
        byte[] stream = Coding.Encode(picture, quality: 90);
        Assert.Equal(StreamStatus.Done, ImageDecoder.ReadInfo(stream, out ImageInfo info));
        Assert.Equal((0, width, height, layout, true), (info.Version, info.Width, info.Height, info.Layout, info.HasModel));
        Assert.Equal(90, info.Quality, 0.03);

        Picture decoded = Coding.Decode(stream);
        Assert.Equal((width, height, layout), (decoded.Width, decoded.Height, decoded.Layout));
        Assert.InRange(Scenes.Psnr(picture, decoded), 24, 100);
        if (layout is PixelLayout.GreyAlpha or PixelLayout.Rgba)
        {
            Assert.Equal(Scenes.Alpha(picture), Scenes.Alpha(decoded));
        }
    }

    [Theory]
    [InlineData(1040, 24, PixelLayout.Rgb)]
    [InlineData(20, 1030, PixelLayout.GreyAlpha)]
    [InlineData(50, 70, PixelLayout.Rgba)]
    public void Threads_never_change_a_bit(int width, int height, PixelLayout layout)
    {
        Picture picture = Scenes.Make(width, height, layout);
        byte[] stream = Coding.Encode(picture, quality: 60);
        Picture decoded = Coding.Decode(stream);
        Assert.InRange(Scenes.Psnr(picture, decoded), 22, 100);
        foreach (int threads in new[] { 2, 5 })
        {
            Assert.Equal(stream, Coding.Encode(picture, quality: 60, threads));
            Assert.Equal(decoded.Pixels, Coding.Decode(stream, threads).Pixels);
        }
    }

    [Fact]
    public void A_grey_picture_is_coded_as_a_colour_one_with_equal_channels()
    {
        Picture grey = Scenes.Make(40, 35, PixelLayout.Grey);
        StreamParts.Part[] fromGrey = [.. StreamParts.Of(Coding.Encode(grey)).Parts];
        StreamParts.Part[] fromColour = [.. StreamParts.Of(Coding.Encode(Scenes.Colour(grey))).Parts];
        Assert.Equal(2, fromGrey.Length);
        Assert.Equal(fromColour[1].Payload, fromGrey[1].Payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(-1)]
    public void Any_alpha_comes_back_exactly(int level)
    {
        Picture picture = Scenes.Make(37, 21, PixelLayout.Rgba);
        var random = new Random(5);
        for (int i = 3; i < picture.Pixels.Length; i += 4)
        {
            picture.Pixels[i] = level < 0 ? (byte)random.Next(256) : (byte)level;
        }

        Assert.Equal(Scenes.Alpha(picture), Scenes.Alpha(Coding.Decode(Coding.Encode(picture, quality: 0))));
    }

    [Fact]
    public void A_higher_quality_gives_more_bytes_and_a_better_picture()
    {
        Picture picture = Scenes.Make(112, 96);
        (int Bytes, double Psnr)[] points =
        [
            .. from quality in new[] { 0.0, 40, 70, 100 }
               let stream = Coding.Encode(picture, quality)
               select (stream.Length, Scenes.Psnr(picture, Coding.Decode(stream))),
        ];
        Assert.All(points.Zip(points.Skip(1)), pair =>
        {
            Assert.True(pair.First.Bytes < pair.Second.Bytes);
            Assert.True(pair.First.Psnr < pair.Second.Psnr);
        });
    }

    [Fact]
    public void Noise_and_flat_pictures_come_back()
    {
        var noise = new Picture(64, 48, PixelLayout.Rgb, new byte[64 * 48 * 3]);
        new Random(2).NextBytes(noise.Pixels);
        Assert.InRange(Scenes.Psnr(noise, Coding.Decode(Coding.Encode(noise, quality: 100))), 9, 100);
        foreach (byte level in new byte[] { 0, 128, 255 })
        {
            var flat = new Picture(48, 32, PixelLayout.Rgb, new byte[48 * 32 * 3]);
            Array.Fill(flat.Pixels, level);
            Assert.InRange(Scenes.Psnr(flat, Coding.Decode(Coding.Encode(flat, quality: 80))), 25, 300);
        }
    }

    [Theory]
    [InlineData(45)]
    [InlineData(95)]
    public void The_estimated_bits_are_the_files_within_a_percent(double quality)
    {
        ImageEncoder.Encode(
            Scenes.Make(320, 240), new ImageEncoderOptions { Quality = quality, Threads = 1 }, out EncodeStatistics statistics);
        Assert.InRange(statistics.RegionBytes * 8 / statistics.EstimatedBits, 0.99, 1.01);
    }
}
