namespace Lacuna.Codecs;

/// <summary>The channels of a pixel, in memory order; the value is their number.</summary>
public enum PixelLayout
{
    /// <summary>Grey.</summary>
    Grey = 1,

    /// <summary>Grey, alpha.</summary>
    GreyAlpha = 2,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba = 4,
}

/// <summary>An 8-bit picture in memory: rows top to bottom without gaps, channels interleaved.</summary>
public sealed class Picture
{
    /// <summary>Largest width or height.</summary>
    public const int MaxSide = 65535;

    /// <summary>Most pixels that the codecs take: 2^29, what their memory layouts allow.</summary>
    public const long PixelCeiling = 1L << 29;

    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Pixels a row, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="layout">Channels of a pixel. Alpha is straight, not premultiplied.</param>
    /// <param name="pixels">Shape [height, width, channels]; owned by the caller, who must not resize it meanwhile.</param>
    /// <exception cref="ArgumentException">A side is out of range, or <paramref name="pixels"/> has another length.</exception>
    public Picture(int width, int height, PixelLayout layout, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        if (layout is < PixelLayout.Grey or > PixelLayout.Rgba)
        {
            throw new ArgumentOutOfRangeException(nameof(layout));
        }

        if (pixels.LongLength != (long)width * height * (int)layout)
        {
            throw new ArgumentException(
                $"{width} x {height} {layout} wants {(long)width * height * (int)layout} bytes, not {pixels.LongLength}.", nameof(pixels));
        }

        (Width, Height, Layout, Pixels) = (width, height, layout, pixels);
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Channels of a pixel.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Channels a pixel, 1 to 4.</summary>
    public int Channels => (int)Layout;

    /// <summary>Shape [height, width, channels].</summary>
    public byte[] Pixels { get; }
}
