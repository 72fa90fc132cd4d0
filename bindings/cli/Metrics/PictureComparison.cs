using Lacuna.Cli.Files;
using Lacuna.Codecs;

namespace Lacuna.Cli.Metrics;

/// <summary>Everything that <c>lacuna compare</c> tells of two pictures.</summary>
/// <param name="Colour">Error of the colour or grey channels.</param>
/// <param name="MsSsim">Structural similarity of these channels.</param>
/// <param name="Alpha">Error of alpha; null where neither picture has one.</param>
/// <remarks>
/// Where one picture is grey and the other colour, grey counts as three equal channels. Where either has alpha, a missing
/// alpha counts as opaque, and colours are compared as they look before black: colour times alpha, rounded to 8 bits. So
/// what cannot be seen does not count, and alpha's own error stands beside.
/// </remarks>
sealed record PictureComparison(PictureError Colour, double MsSsim, PictureError? Alpha)
{
    /// <summary>Whether the pictures look alike to the last bit.</summary>
    public bool Identical => Colour.MaxError == 0 && Alpha is null or { MaxError: 0 };

    /// <summary>Compares two pictures of equal size.</summary>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static PictureComparison Measure(Picture a, Picture b)
    {
        bool alpha = a.Layout.HasAlpha() || b.Layout.HasAlpha();
        bool colour = a.Layout.HasColour() || b.Layout.HasColour();
        Picture colourA = BeforeBlack(a, colour);
        Picture colourB = BeforeBlack(b, colour);
        return new PictureComparison(
            PictureError.Measure(colourA, colourB),
            Metrics.MsSsim.Measure(colourA, colourB),
            alpha ? PictureError.Measure(AlphaOf(a), AlphaOf(b)) : null);
    }

    static Picture BeforeBlack(Picture picture, bool colour)
    {
        Picture grown = picture;
        if (picture.Layout.HasAlpha())
        {
            int channels = picture.Channels - 1;
            var pixels = new byte[picture.Width * picture.Height * channels];
            for (int i = 0; i < pixels.Length; i++)
            {
                ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(i / channels * picture.Channels, picture.Channels);
                pixels[i] = (byte)(((pixel[i % channels] * pixel[channels]) + 127) / 255);
            }

            grown = new Picture(picture.Width, picture.Height, (PixelLayout)channels, pixels);
        }

        return colour ? PictureLayouts.ToRgb(grown) : grown;
    }

    static Picture AlphaOf(Picture picture)
    {
        var alpha = new byte[picture.Width * picture.Height];
        for (int i = 0; i < alpha.Length; i++)
        {
            alpha[i] = picture.Layout.HasAlpha() ? picture.Pixels[((i + 1) * picture.Channels) - 1] : (byte)255;
        }

        return new Picture(picture.Width, picture.Height, PixelLayout.Grey, alpha);
    }
}
