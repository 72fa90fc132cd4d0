namespace Lacuna.Codecs;

/// <summary>How pixels lie in memory: 8 bits a channel, alpha straight.</summary>
/// <remarks>The first four are the <see cref="PixelLayout"/> of streams.</remarks>
public enum PixelFormat
{
    /// <summary>Grey.</summary>
    Grey = 1,

    /// <summary>Grey, alpha.</summary>
    GreyAlpha = 2,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba = 4,

    /// <summary>Blue, green, red.</summary>
    Bgr = 5,

    /// <summary>Blue, green, red, alpha: little-endian 0xAARRGGBB.</summary>
    Bgra = 6,

    /// <summary>Alpha, red, green, blue.</summary>
    Argb = 7,

    /// <summary>Alpha, blue, green, red.</summary>
    Abgr = 8,

    /// <summary>Three planes: red, green, blue.</summary>
    PlanarRgb = 16,

    /// <summary>Four planes: red, green, blue, alpha.</summary>
    PlanarRgba = 17,
}

/// <summary>What follows from a <see cref="PixelFormat"/>.</summary>
public static class PixelFormats
{
    /// <summary>Whether there is such a format.</summary>
    public static bool IsDefined(PixelFormat format) =>
        format is >= PixelFormat.Grey and <= PixelFormat.Abgr or PixelFormat.PlanarRgb or PixelFormat.PlanarRgba;

    /// <summary>Whether each channel has a plane of its own.</summary>
    public static bool IsPlanar(PixelFormat format) => format >= PixelFormat.PlanarRgb;

    /// <summary>Whether there is one channel for red, green and blue.</summary>
    public static bool IsGrey(PixelFormat format) => !LayoutOf(format).HasColour();

    /// <summary>Whether there is an alpha channel.</summary>
    public static bool HasAlpha(PixelFormat format) => LayoutOf(format).HasAlpha();

    /// <summary>Planes: 1 where channels are interleaved.</summary>
    public static int Planes(PixelFormat format) => format switch
    {
        PixelFormat.PlanarRgb => 3,
        PixelFormat.PlanarRgba => 4,
        _ => 1,
    };

    /// <summary>Bytes of a pixel in each plane.</summary>
    public static int PixelBytes(PixelFormat format) => IsPlanar(format) ? 1 : (int)LayoutOf(format);

    /// <summary>Bytes of a row in each plane.</summary>
    public static int RowBytes(PixelFormat format, int width) => width * PixelBytes(format);

    /// <summary>The channels that a stream of such a picture has.</summary>
    public static PixelLayout LayoutOf(PixelFormat format) => format switch
    {
        PixelFormat.Grey => PixelLayout.Grey,
        PixelFormat.GreyAlpha => PixelLayout.GreyAlpha,
        PixelFormat.Rgb or PixelFormat.Bgr or PixelFormat.PlanarRgb => PixelLayout.Rgb,
        _ => PixelLayout.Rgba,
    };

    /// <summary>Where a channel lies: its plane, and its byte within a pixel.</summary>
    /// <param name="format">The format.</param>
    /// <param name="channel">0 red, 1 green, 2 blue, 3 alpha; the first three are the same where the format is grey.</param>
    /// <returns>The plane and byte; (-1, 0) where there is no such channel.</returns>
    internal static (int Plane, int Byte) PlaceOf(PixelFormat format, int channel) => format switch
    {
        _ when channel == 3 && !HasAlpha(format) => (-1, 0),
        _ when IsPlanar(format) => (channel, 0),
        PixelFormat.Grey or PixelFormat.GreyAlpha => (0, channel == 3 ? 1 : 0),
        PixelFormat.Bgr or PixelFormat.Bgra => (0, channel == 3 ? 3 : 2 - channel),
        PixelFormat.Argb => (0, (channel + 1) & 3),
        PixelFormat.Abgr => (0, 3 - channel),
        _ => (0, channel),
    };
}
