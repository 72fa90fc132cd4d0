using System.Text;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Netpbm;

/// <summary>Writes PGM, PPM and PAM of 8 bits a sample.</summary>
static class NetpbmWriter
{
    /// <summary>Writes a grey picture as PGM (P5).</summary>
    /// <param name="picture">Layout <see cref="PixelLayout.Grey"/>.</param>
    /// <param name="destination">Receives the file; left open.</param>
    public static void WritePgm(Picture picture, Stream destination) =>
        Write(destination, $"P5\n{picture.Width} {picture.Height}\n255\n", picture.Pixels);

    /// <summary>Writes a picture without alpha as PPM (P6); grey becomes three equal channels.</summary>
    /// <param name="picture">Layout <see cref="PixelLayout.Grey"/> or <see cref="PixelLayout.Rgb"/>.</param>
    /// <param name="destination">Receives the file; left open.</param>
    public static void WritePpm(Picture picture, Stream destination) =>
        Write(destination, $"P6\n{picture.Width} {picture.Height}\n255\n", PictureLayouts.ToRgb(picture).Pixels);

    /// <summary>Writes a picture of any layout as PAM (P7).</summary>
    /// <param name="picture">Any layout.</param>
    /// <param name="destination">Receives the file; left open.</param>
    public static void WritePam(Picture picture, Stream destination)
    {
        string type = picture.Layout switch
        {
            PixelLayout.Grey => "GRAYSCALE",
            PixelLayout.GreyAlpha => "GRAYSCALE_ALPHA",
            PixelLayout.Rgb => "RGB",
            _ => "RGB_ALPHA",
        };
        string size = $"WIDTH {picture.Width}\nHEIGHT {picture.Height}\nDEPTH {picture.Channels}";
        Write(destination, $"P7\n{size}\nMAXVAL 255\nTUPLTYPE {type}\nENDHDR\n", picture.Pixels);
    }

    static void Write(Stream destination, string header, ReadOnlySpan<byte> samples)
    {
        destination.Write(Encoding.ASCII.GetBytes(header));
        destination.Write(samples);
    }
}
