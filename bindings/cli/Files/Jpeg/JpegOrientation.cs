using System.Buffers.Binary;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Jpeg;

/// <summary>The orientation in a JPEG's Exif data, and its application.</summary>
/// <remarks>Source: Exif 2.32, section 4.6.4, tag 0x0112. Anything odd counts as upright.</remarks>
static class JpegOrientation
{
    const int AlreadyUpright = 1;
    const int OrientationTag = 0x0112;

    /// <summary>Finds the orientation, 1 (upright) to 8.</summary>
    public static int Find(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file.Length < 2 ? default : file[2..];
        while (rest.Length >= 4 && rest[0] == 0xFF && rest[1] is not (0xDA or 0xD9))
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length > rest.Length - 2)
            {
                break;
            }

            ReadOnlySpan<byte> segment = rest.Slice(4, length - 2);
            if (rest[1] == 0xE1 && segment.StartsWith("Exif\0\0"u8))
            {
                return FromTiff(segment[6..]);
            }

            rest = rest[(2 + length)..];
        }

        return AlreadyUpright;
    }

    /// <summary>Turns and mirrors a picture so that it stands upright.</summary>
    /// <param name="picture">As the file stores it; returned itself when it is upright.</param>
    /// <param name="orientation">1 to 8: what the picture's first row and first column are.</param>
    public static Picture Upright(Picture picture, int orientation)
    {
        if (orientation is <= 1 or > 8)
        {
            return picture;
        }

        bool swap = orientation >= 5;
        bool mirrorX = orientation is 2 or 3 or 7 or 8;
        bool mirrorY = orientation is 3 or 4 or 6 or 7;
        (int width, int height) = swap ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        int channels = picture.Channels;
        var pixels = new byte[picture.Pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int fromX, int fromY) = swap ? (y, x) : (x, y);
                fromX = mirrorX ? picture.Width - 1 - fromX : fromX;
                fromY = mirrorY ? picture.Height - 1 - fromY : fromY;
                picture.Pixels.AsSpan(((fromY * picture.Width) + fromX) * channels, channels)
                    .CopyTo(pixels.AsSpan(((y * width) + x) * channels));
            }
        }

        return new Picture(width, height, picture.Layout, pixels);
    }

    static int FromTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return AlreadyUpright;
        }

        bool little = tiff[0] == 'I';
        uint directory = Read32(tiff[4..], little);
        if (directory > tiff.Length - 2)
        {
            return AlreadyUpright;
        }

        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        int count = Read16(tiff[(int)directory..], little);
        for (int i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (Read16(entries, little) == OrientationTag)
            {
                int value = Read16(entries[8..], little);
                return value is >= 1 and <= 8 ? value : AlreadyUpright;
            }
        }

        return AlreadyUpright;
    }

    static int Read16(ReadOnlySpan<byte> source, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(source) : BinaryPrimitives.ReadUInt16BigEndian(source);

    static uint Read32(ReadOnlySpan<byte> source, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(source) : BinaryPrimitives.ReadUInt32BigEndian(source);
}
