using Lacuna.Cli.Files.Jpeg;
using Lacuna.Cli.Files.Netpbm;
using Lacuna.Cli.Files.Png;
using Lacuna.Cli.Files.Y4m;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files;

/// <summary>Kinds of picture file that can be read, as their first bytes tell.</summary>
enum PictureKind
{
    Unknown,
    Png,
    Jpeg,
    Netpbm,
    Pam,
    Y4m,
}

/// <summary>Reads a picture file of any kind known; the kind is told by its first bytes, not by its name.</summary>
static class PictureReader
{
    /// <summary>Tells the kind of a file from its first bytes.</summary>
    public static PictureKind Detect(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngChunks.Signature) ? PictureKind.Png
        : file.StartsWith(Y4mHeader.Magic) ? PictureKind.Y4m
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PictureKind.Jpeg
        : file.Length > 2 && file[0] == 'P' && file[2] is (byte)'#' or (byte)' ' or (>= 9 and <= 13) ? DetectNetpbm(file[1])
        : PictureKind.Unknown;

    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxPixels">Larger pictures are refused before anything is allocated for them.</param>
    /// <param name="frame">Frame of a y4m file, from 0; other files hold one.</param>
    /// <exception cref="FileFormatException">The file is of no known kind, damaged, or too large.</exception>
    public static Picture Read(ReadOnlyMemory<byte> file, long maxPixels = PictureLimits.DefaultMaxPixels, int frame = 0)
    {
        if (file.IsEmpty)
        {
            throw new FileFormatException("is empty");
        }

        PictureKind kind = Detect(file.Span);
        if (frame > 0 && kind is not (PictureKind.Y4m or PictureKind.Unknown))
        {
            throw new FileFormatException($"holds one picture, and number {frame} (from 0) was asked for");
        }

        return kind switch
        {
            PictureKind.Png => PngReader.Read(file, maxPixels),
            PictureKind.Jpeg => JpegReader.Read(file.Span, maxPixels),
            PictureKind.Netpbm => NetpbmReader.Read(file.Span, maxPixels),
            PictureKind.Pam => PamReader.Read(file.Span, maxPixels),
            PictureKind.Y4m => Y4mReader.Read(file.Span, frame, maxPixels),
            _ => throw new FileFormatException("not a picture known here (PNG, JPEG, PBM, PGM, PPM, PAM, y4m)"),
        };
    }

    static PictureKind DetectNetpbm(byte digit) => digit switch
    {
        >= (byte)'1' and <= (byte)'6' => PictureKind.Netpbm,
        (byte)'7' => PictureKind.Pam,
        _ => PictureKind.Unknown,
    };
}
