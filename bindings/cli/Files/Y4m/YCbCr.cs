namespace Lacuna.Cli.Files.Y4m;

/// <summary>BT.601 colour, in limited range (luma 16 to 235) or full range.</summary>
/// <remarks>Source: ITU-R BT.601-7, section 2.5; full range as in JFIF. Results are rounded to nearest and clamped.</remarks>
readonly struct YCbCr
{
    const double Red = 0.299;
    const double Blue = 0.114;
    const double Green = 1 - Red - Blue;

    readonly double _lumaOffset;
    readonly double _lumaRange;
    readonly double _chromaRange;

    /// <summary>Chooses the range.</summary>
    /// <param name="full">Whether luma runs from 0 to 255; else from 16 to 235.</param>
    public YCbCr(bool full) => (_lumaOffset, _lumaRange, _chromaRange) = full ? (0, 255, 255) : (16, 219, 224);

    /// <summary>Luma of a colour, 0 to 255 each.</summary>
    public byte Luma(double red, double green, double blue) => ToByte(_lumaOffset + (Brightness(red, green, blue) * _lumaRange));

    /// <summary>Chroma of a colour, 0 to 255 each.</summary>
    public (byte Cb, byte Cr) Chroma(double red, double green, double blue)
    {
        double brightness = Brightness(red, green, blue);
        double cb = ((blue / 255) - brightness) / (2 * (1 - Blue));
        double cr = ((red / 255) - brightness) / (2 * (1 - Red));
        return (ToByte(128 + (cb * _chromaRange)), ToByte(128 + (cr * _chromaRange)));
    }

    /// <summary>The grey of a luma.</summary>
    public byte Grey(byte luma) => ToByte((luma - _lumaOffset) * 255 / _lumaRange);

    /// <summary>The colour of a luma and a chroma.</summary>
    /// <param name="luma">Luma of the file.</param>
    /// <param name="cb">Blue difference of the file; between two samples where it was interpolated.</param>
    /// <param name="cr">Red difference of the file.</param>
    /// <param name="rgb">Receives red, green, blue.</param>
    public void ToRgb(byte luma, double cb, double cr, Span<byte> rgb)
    {
        double brightness = (luma - _lumaOffset) / _lumaRange;
        double red = brightness + (2 * (1 - Red) * (cr - 128) / _chromaRange);
        double blue = brightness + (2 * (1 - Blue) * (cb - 128) / _chromaRange);
        double green = (brightness - (Red * red) - (Blue * blue)) / Green;
        rgb[0] = ToByte(255 * red);
        rgb[1] = ToByte(255 * green);
        rgb[2] = ToByte(255 * blue);
    }

    static double Brightness(double red, double green, double blue) => ((Red * red) + (Green * green) + (Blue * blue)) / 255;

    static byte ToByte(double value) => (byte)Math.Clamp(Math.Floor(value + 0.5), 0, 255);
}
