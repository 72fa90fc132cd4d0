using System.Buffers.Binary;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Png;

/// <summary>What a sample of a PNG means; the values are the file's.</summary>
enum PngColour
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk: size, depth and colour of a PNG.</summary>
readonly record struct PngHeader(uint Width, uint Height, int Depth, PngColour Colour, bool Interlaced)
{
    /// <summary>Bytes of an IHDR chunk's data.</summary>
    public const int Length = 13;

    /// <summary>Samples a pixel in the file.</summary>
    public int Samples => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.GreyAlpha => 2,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes of a row of <paramref name="width"/> pixels, without its filter byte.</summary>
    public long RowBytes(long width) => ((width * Samples * Depth) + 7) / 8;

    /// <summary>The layout of the picture to be made.</summary>
    /// <param name="transparency">Whether a tRNS chunk is there.</param>
    public PixelLayout Layout(bool transparency) => Colour switch
    {
        PngColour.Grey => transparency ? PixelLayout.GreyAlpha : PixelLayout.Grey,
        PngColour.GreyAlpha => PixelLayout.GreyAlpha,
        PngColour.Rgba => PixelLayout.Rgba,
        _ => transparency ? PixelLayout.Rgba : PixelLayout.Rgb,
    };

    /// <summary>Reads the chunk's data.</summary>
    /// <exception cref="FileFormatException">A field is not one that PNG allows.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != Length)
        {
            throw new FileFormatException("the PNG header chunk has a wrong length");
        }

        var header = new PngHeader(
            BinaryPrimitives.ReadUInt32BigEndian(data),
            BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
            data[8],
            (PngColour)data[9],
            data[12] == 1);
        bool depthFits = header.Colour switch
        {
            PngColour.Grey => header.Depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => header.Depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => header.Depth is 8 or 16,
            _ => false,
        };
        if (!depthFits)
        {
            throw new FileFormatException($"PNG has no colour type {data[9]} of {data[8]} bits");
        }

        return data[10] == 0 && data[11] == 0 && data[12] <= 1
            ? header
            : throw new FileFormatException("the PNG header names an unknown compression, filter or interlace method");
    }
}
