using Lacuna.Codecs;

namespace Lacuna.Cli.Files;

/// <summary>The layouts' names, and the lossless steps from one to another.</summary>
static class PictureLayouts
{
    /// <summary>The layout's name for people and for --json.</summary>
    public static string Name(this PixelLayout layout) => layout switch
    {
        PixelLayout.Grey => "grey",
        PixelLayout.GreyAlpha => "grey+alpha",
        PixelLayout.Rgb => "rgb",
        _ => "rgb+alpha",
    };

    /// <summary>Grey as three equal channels; a picture that is RGB already is returned itself.</summary>
    /// <param name="picture">Layout without alpha.</param>
    public static Picture ToRgb(Picture picture)
    {
        if (picture.Layout == PixelLayout.Rgb)
        {
            return picture;
        }

        ReadOnlySpan<byte> grey = picture.Pixels;
        var pixels = new byte[checked(3 * grey.Length)];
        for (int i = 0; i < grey.Length; i++)
        {
            pixels.AsSpan(3 * i, 3).Fill(grey[i]);
        }

        return new Picture(picture.Width, picture.Height, PixelLayout.Rgb, pixels);
    }
}
