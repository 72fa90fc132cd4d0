using Lacuna.Codecs;

namespace Lacuna.Interop;

/// <summary>A picture in a caller's memory: rows of interleaved 8-bit channels, a stride apart.</summary>
readonly unsafe ref struct PixelRows
{
    // Far above any use, and the extent of a picture never overflows.
    const long LargestStride = 1L << 40;

    readonly byte* top;
    readonly nint stride;
    readonly int rowBytes;
    readonly int height;

    /// <param name="pixels">The top row's first byte.</param>
    /// <param name="stride">Bytes from a row to the one below; negative where the bottom row comes first in memory.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public PixelRows(byte* pixels, nint stride, int width, int height, int channels)
    {
        Native.Require(pixels, nameof(pixels));
        CheckShape(width, height, channels);
        nint least = (nint)width * channels;
        if (stride > -least && stride < least)
        {
            throw new ArgumentException($"stride is {stride}; a row takes {least} bytes.");
        }

        Limits.Within(stride, -LargestStride, LargestStride, nameof(stride));

        top = pixels;
        this.stride = stride;
        this.height = height;
        rowBytes = width * channels;
    }

    /// <summary>Bytes from the lowest address to the end of the last row.</summary>
    public nuint Extent => (nuint)(height - 1) * (nuint)nint.Abs(stride) + (nuint)rowBytes;

    /// <exception cref="ArgumentException">No picture has this shape.</exception>
    public static void CheckShape(int width, int height, int channels)
    {
        Limits.Within(width, 1, Picture.MaxSide, nameof(width));
        Limits.Within(height, 1, Picture.MaxSide, nameof(height));
        Limits.Within(channels, (int)PixelLayout.Grey, (int)PixelLayout.Rgba, nameof(channels));
    }

    /// <summary>Whether a picture of a valid shape is within the codec's and the runtime's limits.</summary>
    public static bool CanEncode(int width, int height, int channels) =>
        (long)width * height <= Picture.PixelCeiling && (long)width * height * channels <= Array.MaxLength;

    /// <summary>Gathers the rows without gaps.</summary>
    /// <param name="packed">Shape [height, width, channels].</param>
    public void CopyTo(Span<byte> packed)
    {
        for (int y = 0; y < height; y++)
        {
            Row(y).CopyTo(packed.Slice(y * rowBytes, rowBytes));
        }
    }

    /// <summary>Spreads rows without gaps.</summary>
    /// <param name="packed">Shape [height, width, channels].</param>
    public void CopyFrom(ReadOnlySpan<byte> packed)
    {
        for (int y = 0; y < height; y++)
        {
            packed.Slice(y * rowBytes, rowBytes).CopyTo(Row(y));
        }
    }

    Span<byte> Row(int y) => new(top + y * stride, rowBytes);
}
