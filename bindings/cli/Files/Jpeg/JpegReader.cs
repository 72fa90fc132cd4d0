using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Jpeg;

/// <summary>Reads JPEG through libjpeg-turbo where it is installed, turned upright as the file's Exif data says.</summary>
static class JpegReader
{
    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <exception cref="FileFormatException">The file is damaged or too large, or the library is not there.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, long maxPixels)
    {
        TurboJpeg library = TurboJpeg.Library
            ?? throw new FileFormatException(
                "reading JPEG needs libjpeg-turbo (libturbojpeg.so.0; Debian: libturbojpeg0), which is not installed");
        nint handle = library.Create();
        try
        {
            (int width, int height, int colourSpace) = library.ReadHeader(handle, file);
            bool grey = colourSpace == TurboJpeg.ColourGrey;
            PixelLayout layout = grey ? PixelLayout.Grey : PixelLayout.Rgb;
            var pixels = new byte[PictureLimits.Check(width, height, layout, maxPixels)];
            library.Decompress(handle, file, pixels, width, height, grey ? TurboJpeg.PixelGrey : TurboJpeg.PixelRgb);
            return JpegOrientation.Upright(new Picture(width, height, layout, pixels), JpegOrientation.Find(file));
        }
        finally
        {
            library.Destroy(handle);
        }
    }
}
