using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>A stream of any layout decodes to any format, and a picture of any format to the stream of its layout.</summary>
public unsafe class PixelFormatTests
{
    const int Width = 37, Height = 21, Gap = 5;

    static readonly PixelFormat[] Formats = Enum.GetValues<PixelFormat>();

    static readonly PixelLayout[] Layouts = Enum.GetValues<PixelLayout>();

    public static TheoryData<PixelLayout, PixelFormat, bool> Pairs { get; } = MakePairs();

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_stream_decodes_to_every_format_and_bytes_between_rows_stay(PixelLayout layout, PixelFormat format, bool upsideDown)
    {
        byte[] stream = Coding.Encode(Scenes.Make(Width, Height, layout));
        Picture plain = Coding.Decode(stream);
        using var frame = new Frame(format, upsideDown);
        using var decoder = new ImageDecoder(new ImageDecoderOptions { Threads = 2 });
        Assert.Equal(StreamStatus.Done, decoder.Decode(stream, frame.View));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Assert.Equal(Expected(plain, format, x, y), frame.Pixel(x, y));
            }
        }

        frame.AssertGapsUntouched();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_picture_of_any_format_gives_the_stream_of_its_layout(PixelLayout layout, PixelFormat format, bool upsideDown)
    {
        Picture plain = Scenes.Make(Width, Height, PixelFormats.LayoutOf(format));
        using var frame = new Frame(format, upsideDown);
        frame.Fill(plain);
        using var encoder = new ImageEncoder(new ImageEncoderOptions { Threads = 2, Quality = 20 + (int)layout });
        byte[] expected = Coding.Encode(plain, 20 + (int)layout);
        Assert.Equal(expected, encoder.Encode(frame.View).ToArray());
        var destination = new byte[expected.Length];
        Assert.False(encoder.TryEncode(frame.View, destination.AsSpan(1), out int length));
        Assert.Equal((expected.Length, true), (length, destination.All(value => value == 0)));
        Assert.True(encoder.TryEncode(frame.View, destination, out _));
        Assert.Equal(expected, destination);
    }

    [Theory]
    [InlineData(0, 1, PixelFormat.Rgb, 3)]
    [InlineData(1, 65536, PixelFormat.Rgb, 3)]
    [InlineData(4, 1, PixelFormat.Rgb, 11)]
    [InlineData(4, 1, PixelFormat.Rgb, -11)]
    [InlineData(4, 1, (PixelFormat)9, 99)]
    [InlineData(4, 1, (PixelFormat)0, 99)]
    [InlineData(4, 1, PixelFormat.PlanarRgb, 4)]
    public void A_view_of_impossible_shape_is_an_exception(int width, int height, PixelFormat format, int stride)
    {
        byte pixel = 0;
        byte* first = &pixel;
        Assert.ThrowsAny<ArgumentException>(() => new PictureView(width, height, format, first, stride));
        Assert.ThrowsAny<ArgumentException>(() => new PictureView(4, 1, PixelFormat.Rgb, null, 12));
    }

    static TheoryData<PixelLayout, PixelFormat, bool> MakePairs()
    {
        var pairs = new TheoryData<PixelLayout, PixelFormat, bool>();
        foreach (PixelLayout layout in Layouts)
        {
            foreach (PixelFormat format in Formats)
            {
                pairs.Add(layout, format, false);
                pairs.Add(layout, format, true);
            }
        }

        return pairs;
    }

    static byte[] Expected(Picture plain, PixelFormat format, int x, int y)
    {
        ReadOnlySpan<byte> pixel = plain.Pixels.AsSpan((y * Width + x) * plain.Channels, plain.Channels);
        bool grey = plain.Channels < 3;
        byte red = pixel[0], green = pixel[grey ? 0 : 1], blue = pixel[grey ? 0 : 2];
        byte alpha = plain.Channels % 2 == 0 ? pixel[^1] : (byte)255;
        byte mean = (byte)((red + green + blue + 1) / 3);
        return format switch
        {
            PixelFormat.Grey => [mean],
            PixelFormat.GreyAlpha => [mean, alpha],
            PixelFormat.Rgb or PixelFormat.PlanarRgb => [red, green, blue],
            PixelFormat.Rgba or PixelFormat.PlanarRgba => [red, green, blue, alpha],
            PixelFormat.Bgr => [blue, green, red],
            PixelFormat.Bgra => [blue, green, red, alpha],
            PixelFormat.Argb => [alpha, red, green, blue],
            _ => [alpha, blue, green, red],
        };
    }

    /// <summary>A picture with gaps between its rows.</summary>
    sealed class Frame : IDisposable
    {
        const byte Canary = 0xA7;

        readonly byte[] bytes;
        readonly System.Runtime.InteropServices.GCHandle handle;
        readonly PixelFormat format;

        public Frame(PixelFormat format, bool upsideDown)
        {
            this.format = format;
            int stride = PixelFormats.RowBytes(format, Width) + Gap, planes = PixelFormats.Planes(format);
            bytes = new byte[stride * Height * planes];
            Array.Fill(bytes, Canary);
            handle = System.Runtime.InteropServices.GCHandle.Alloc(bytes, System.Runtime.InteropServices.GCHandleType.Pinned);
            nint top = handle.AddrOfPinnedObject() + (upsideDown ? stride * (Height - 1) : 0);
            nint step = upsideDown ? -stride : stride;
            View = new PictureView(
                Width, Height, format, [.. Enumerable.Range(0, planes).Select(plane => top + plane * stride * Height)],
                [.. Enumerable.Repeat(step, planes)]);
        }

        public PictureView View { get; }

        public byte[] Pixel(int x, int y)
        {
            int size = PixelFormats.PixelBytes(format);
            PictureView view = View;
            return [.. Enumerable.Range(0, PixelFormats.Planes(format))
                .SelectMany(plane => view.Row(plane, y).Slice(x * size, size).ToArray())];
        }

        public void Fill(Picture plain)
        {
            int size = PixelFormats.PixelBytes(format);
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    byte[] pixel = Expected(plain, format, x, y);
                    for (int i = 0; i < pixel.Length; i++)
                    {
                        View.Row(i / size, y)[x * size + i % size] = pixel[i];
                    }
                }
            }
        }

        public void AssertGapsUntouched()
        {
            View.Clear();
            int gaps = Gap * Height * PixelFormats.Planes(format);
            Assert.Equal((gaps, bytes.Length - gaps), (bytes.Count(value => value == Canary), bytes.Count(value => value == 0)));
        }

        public void Dispose() => handle.Free();
    }
}
