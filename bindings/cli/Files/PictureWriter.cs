using Lacuna.Cli.Files.Netpbm;
using Lacuna.Cli.Files.Png;
using Lacuna.Cli.Files.Y4m;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files;

/// <summary>Formats that pictures are written in.</summary>
enum OutputFormat
{
    Png,
    Pgm,
    Ppm,
    Pnm,
    Pam,
    Y4m,
    Y4m420,
}

/// <summary>Writes a picture in one of the formats known.</summary>
static class PictureWriter
{
    /// <summary>The formats' names, for messages.</summary>
    public const string Names = "png, pgm, ppm, pnm, pam, y4m, y4m420";

    /// <summary>Finds a format by its name or by a file's extension.</summary>
    /// <param name="name">A name out of <see cref="Names"/>, in any case.</param>
    /// <returns>Null where there is none.</returns>
    public static OutputFormat? Find(string name)
    {
        foreach (OutputFormat format in Enum.GetValues<OutputFormat>())
        {
            if (format.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>What of a picture a format cannot hold; null where it holds all of it (but for y4m's rounding of colour).</summary>
    public static string? Lacks(OutputFormat format, PixelLayout layout) =>
        layout.HasAlpha() && format is not (OutputFormat.Png or OutputFormat.Pam)
            ? $"{format.ToString().ToUpperInvariant()} holds no alpha, which the picture has; PNG and PAM do"
        : layout.HasColour() && format == OutputFormat.Pgm
            ? "PGM holds no colour, which the picture has; PPM and PNG do"
        : null;

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">A layout for which <see cref="Lacks"/> gives null.</param>
    /// <param name="format">The format.</param>
    /// <param name="destination">Receives the file; left open and not flushed.</param>
    /// <param name="level">Compression level of PNG, 0 to 9.</param>
    /// <exception cref="ArgumentException">The format cannot hold the picture.</exception>
    public static void Write(Picture picture, OutputFormat format, Stream destination, int level = PngWriter.DefaultLevel)
    {
        if (Lacks(format, picture.Layout) is { } fault)
        {
            throw new ArgumentException(fault, nameof(format));
        }

        switch (format)
        {
            case OutputFormat.Png:
                PngWriter.Write(picture, destination, level);
                break;
            case OutputFormat.Pam:
                NetpbmWriter.WritePam(picture, destination);
                break;
            case OutputFormat.Y4m or OutputFormat.Y4m420:
                Y4mWriter.Write(picture, destination, format == OutputFormat.Y4m420);
                break;
            case OutputFormat.Pgm:
            case OutputFormat.Pnm when picture.Layout == PixelLayout.Grey:
                NetpbmWriter.WritePgm(picture, destination);
                break;
            default:
                NetpbmWriter.WritePpm(picture, destination);
                break;
        }
    }
}
