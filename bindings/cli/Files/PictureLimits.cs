using Lacuna.Codecs;

namespace Lacuna.Cli.Files;

/// <summary>Decides, before anything is allocated, whether a picture of a declared size is taken.</summary>
static class PictureLimits
{
    /// <summary>Largest number of pixels unless the caller says otherwise.</summary>
    public const long DefaultMaxPixels = 1L << 28;

    /// <summary>Refuses sizes outside the limits.</summary>
    /// <param name="width">Pixels a row, as the file declares.</param>
    /// <param name="height">Rows, as the file declares.</param>
    /// <param name="layout">Channels of the picture to be made.</param>
    /// <param name="maxPixels">Largest width times height.</param>
    /// <returns>Bytes of the picture's pixels.</returns>
    /// <exception cref="FileFormatException">The size is zero, past the largest side, or past the limit.</exception>
    public static int Check(long width, long height, PixelLayout layout, long maxPixels)
    {
        if (width < 1 || height < 1)
        {
            throw new FileFormatException($"its size is {width} x {height} pixels; nothing to read");
        }

        if (width > Picture.MaxSide || height > Picture.MaxSide)
        {
            throw new FileFormatException($"its size is {width} x {height} pixels; a side holds at most {Picture.MaxSide}");
        }

        if (width * height > maxPixels)
        {
            throw new FileFormatException($"its {width} x {height} pixels are more than the limit of {maxPixels}; --max-pixels raises it");
        }

        long bytes = width * height * (int)layout;
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new FileFormatException($"its {width} x {height} pixels are more than this program can hold in one piece");
    }
}
