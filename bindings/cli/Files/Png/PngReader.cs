using System.IO.Compression;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Png;

/// <summary>Reads PNG of every colour type, depth and interlace method as 8-bit pictures.</summary>
/// <remarks>
/// Memory beside the picture: two rows. A declared size is refused before anything is allocated for it when it passes
/// the pixel limit, or when the compressed data could not fill it at deflate's highest ratio, 1032.
/// Gamma and colour profiles are passed over: samples are taken as they are. Of an animation the default image is read.
/// </remarks>
static class PngReader
{
    const int DeflateRatio = 1032;

    /// <summary>First column, first row, column step, row step of each pass of Adam7.</summary>
    static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
    [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ];

    static readonly (int X, int Y, int StepX, int StepY)[] Progressive = [(0, 0, 1, 1)];

    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <exception cref="FileFormatException">The file is damaged or too large.</exception>
    public static Picture Read(ReadOnlyMemory<byte> file, long maxPixels)
    {
        PngChunks chunks = PngChunks.Parse(file);
        PngHeader header = chunks.Header;
        PixelLayout layout = header.Layout(chunks.Transparency is not null);
        int bytes = PictureLimits.Check(header.Width, header.Height, layout, maxPixels);
        if (header.Height * header.RowBytes(header.Width) / DeflateRatio > chunks.ImageBytes)
        {
            throw new FileFormatException("the PNG holds too little image data for its size");
        }

        var picture = new Picture((int)header.Width, (int)header.Height, layout, new byte[bytes]);
        try
        {
            using var data = new ZLibStream(new SegmentStream(chunks.ImageData), CompressionMode.Decompress);
            foreach ((int X, int Y, int StepX, int StepY) pass in header.Interlaced ? Adam7 : Progressive)
            {
                ReadPass(data, chunks, picture, pass);
            }

            // The zlib check value is verified only when the stream is read to its end.
            _ = data.ReadByte();
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new FileFormatException("the compressed data of the PNG is damaged", error);
        }

        return picture;
    }

    static void ReadPass(Stream data, PngChunks chunks, Picture picture, (int X, int Y, int StepX, int StepY) pass)
    {
        int columns = (picture.Width - pass.X + pass.StepX - 1) / pass.StepX;
        if (columns <= 0)
        {
            return;
        }

        PngHeader header = chunks.Header;
        var pixels = new PngPixels(chunks);
        int length = (int)header.RowBytes(columns);
        int pixelBytes = Math.Max(1, header.Samples * header.Depth / 8);
        byte[] row = new byte[length + 1];
        byte[] above = new byte[length + 1];
        for (int y = pass.Y; y < picture.Height; y += pass.StepY)
        {
            if (data.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                throw new FileFormatException("the image data of the PNG ends too soon");
            }

            PngFilters.Restore(row[0], row.AsSpan(1), above.AsSpan(1), pixelBytes);
            int stride = picture.Width * picture.Channels;
            pixels.Write(row.AsSpan(1), columns, picture.Pixels.AsSpan(y * stride, stride), pass.X, pass.StepX);
            (row, above) = (above, row);
        }
    }
}
