using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Y4m;

/// <summary>Reads one frame of a y4m file: mono, 4:2:0, 4:2:2 or 4:4:4 of 8 bits, BT.601.</summary>
/// <remarks>
/// Limited range unless the file says XCOLORRANGE=FULL. Chroma is interpolated linearly between its samples, where
/// the file's sampling puts them. Source: yuv4mpeg(5) of mjpegtools.
/// </remarks>
static class Y4mReader
{
    /// <summary>Reads a frame.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <exception cref="FileFormatException">The file is damaged, too large, or has no such frame.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, int frame, long maxPixels)
    {
        Y4mHeader header = Y4mHeader.Parse(file, out int consumed);
        PixelLayout layout = header.Sampling.Chroma ? PixelLayout.Rgb : PixelLayout.Grey;
        int bytes = PictureLimits.Check(header.Width, header.Height, layout, maxPixels);
        ReadOnlySpan<byte> rest = file[consumed..];
        for (int skipped = 0; ; skipped++)
        {
            if (rest.IsEmpty)
            {
                throw new FileFormatException($"the y4m file has {skipped} frames, and number {frame} (from 0) was asked for");
            }

            if (!rest.StartsWith("FRAME"u8))
            {
                throw new FileFormatException("a frame of the y4m file does not begin with FRAME");
            }

            rest = rest[Y4mHeader.LineLength(rest)..];
            if (rest.Length < header.FrameBytes)
            {
                throw new FileFormatException("the y4m file ends inside a frame");
            }

            if (skipped == frame)
            {
                return Convert(header, rest, layout, new byte[bytes]);
            }

            rest = rest[(int)header.FrameBytes..];
        }
    }

    static Picture Convert(Y4mHeader header, ReadOnlySpan<byte> planes, PixelLayout layout, byte[] pixels)
    {
        var colour = new YCbCr(header.FullRange);
        int count = header.Width * header.Height;
        if (!header.Sampling.Chroma)
        {
            for (int i = 0; i < count; i++)
            {
                pixels[i] = colour.Grey(planes[i]);
            }

            return new Picture(header.Width, header.Height, layout, pixels);
        }

        int chroma = header.ChromaWidth * header.ChromaHeight;
        var blue = new ChromaPlane(planes.Slice(count, chroma), header);
        var red = new ChromaPlane(planes.Slice(count + chroma, chroma), header);
        for (int y = 0; y < header.Height; y++)
        {
            for (int x = 0; x < header.Width; x++)
            {
                int i = (y * header.Width) + x;
                colour.ToRgb(planes[i], blue.At(x, y), red.At(x, y), pixels.AsSpan(3 * i, 3));
            }
        }

        return new Picture(header.Width, header.Height, layout, pixels);
    }

    /// <summary>A plane of chroma samples, read at luma positions.</summary>
    readonly ref struct ChromaPlane(ReadOnlySpan<byte> samples, Y4mHeader header)
    {
        readonly ReadOnlySpan<byte> _samples = samples;
        readonly int _width = header.ChromaWidth;
        readonly int _height = header.ChromaHeight;
        readonly Y4mSampling _sampling = header.Sampling;

        public double At(int x, int y)
        {
            (int x0, int x1, int shareX) = Neighbours(x, _sampling.StepX, _sampling.Centred, _width);
            (int y0, int y1, int shareY) = Neighbours(y, _sampling.StepY, true, _height);
            int above = (_samples[(y0 * _width) + x0] * (4 - shareX)) + (_samples[(y0 * _width) + x1] * shareX);
            int below = (_samples[(y1 * _width) + x0] * (4 - shareX)) + (_samples[(y1 * _width) + x1] * shareX);
            return ((above * (4 - shareY)) + (below * shareY)) / 16.0;
        }

        /// <summary>The nearest sample, the next one, and the quarters that the next one counts for.</summary>
        static (int Nearest, int Next, int Share) Neighbours(int position, int step, bool centred, int count)
        {
            int nearest = position / step;
            if (step == 1)
            {
                return (nearest, nearest, 0);
            }

            bool odd = (position & 1) != 0;
            int next = Math.Clamp(odd ? nearest + 1 : nearest - 1, 0, count - 1);
            return centred ? (nearest, next, 1) : (nearest, next, odd ? 2 : 0);
        }
    }
}
