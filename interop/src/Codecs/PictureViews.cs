using Lacuna.Codecs;
using Lacuna.Kernels;

namespace Lacuna.Interop;

/// <summary>Checks of a caller's pictures, with texts that name what is wrong as the headers do.</summary>
static unsafe class PictureViews
{
    // Far above any use, and the extent of a picture never overflows.
    const long LargestStride = 1L << 40;

    static readonly string[] PlaneNames = ["frame->planes[0]", "frame->planes[1]", "frame->planes[2]", "frame->planes[3]"];
    static readonly string[] StrideNames = ["frame->strides[0]", "frame->strides[1]", "frame->strides[2]", "frame->strides[3]"];

    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static void CheckFormat(int format, string name, string owner = "")
    {
        if (!PixelFormats.IsDefined((PixelFormat)format))
        {
            throw new ArgumentException($"{owner}{name} is {format}; it must be one of LAC_PIXEL_*.");
        }
    }

    /// <exception cref="ArgumentException">There is no such format, or it has planes.</exception>
    public static void CheckInterleaved(int format, string name)
    {
        CheckFormat(format, name);
        if (PixelFormats.IsPlanar((PixelFormat)format))
        {
            throw new ArgumentException($"{name} is {format}; it must be one without planes.");
        }
    }

    /// <param name="format">LAC_PIXEL_*.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="owner">What stands in front of the parameters' names.</param>
    /// <exception cref="ArgumentException">No picture has this format and shape.</exception>
    public static void Check(int format, int width, int height, string owner = "")
    {
        CheckFormat(format, nameof(format), owner);
        Limits.Within(width, 1, Picture.MaxSide, owner, nameof(width));
        Limits.Within(height, 1, Picture.MaxSide, owner, nameof(height));
    }

    /// <summary>Whether a picture of a valid shape is within the codec's and the runtime's limits.</summary>
    public static bool CanEncode(PixelFormat format, int width, int height) =>
        (long)width * height <= Picture.PixelCeiling && (long)width * height * (int)PixelFormats.LayoutOf(format) <= Array.MaxLength;

    /// <summary>A picture in one plane.</summary>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static PictureView Make(int format, int width, int height, byte* pixels, nint stride)
    {
        Native.Require(pixels, nameof(pixels));
        Check(format, width, height);
        Limits.Within(stride, -LargestStride, LargestStride, nameof(stride));
        return new PictureView(width, height, (PixelFormat)format, pixels, stride);
    }

    /// <summary>A frame's picture. Allocates nothing where all is well.</summary>
    /// <param name="frame">Its format, shape, planes and strides.</param>
    /// <exception cref="ArgumentException">The format, the shape, a plane or a stride is out of its range.</exception>
    public static PictureView View(in Frame frame)
    {
        Check(frame.Format, frame.Width, frame.Height, "frame->");
        var format = (PixelFormat)frame.Format;
        for (int i = 0; i < PixelFormats.Planes(format); i++)
        {
            Native.Require((void*)frame.Planes[i], PlaneNames[i]);
            Limits.Within(frame.Strides[i], -LargestStride, LargestStride, StrideNames[i]);
        }

        return new PictureView(frame.Width, frame.Height, format, frame.Planes, frame.Strides);
    }

    /// <summary>Bytes from the lowest address of a picture in one plane to the end of its last row.</summary>
    public static nuint Extent(in PictureView view, nint stride) =>
        (nuint)(view.Height - 1) * (nuint)nint.Abs(stride) + (nuint)view.RowBytes;

    /// <summary>CRC-32C of the planes, one behind the other, rows without gaps.</summary>
    public static uint Checksum(in PictureView view)
    {
        uint crc = 0;
        for (int plane = 0; plane < PixelFormats.Planes(view.Format); plane++)
        {
            for (int y = 0; y < view.Height; y++)
            {
                crc = Crc32C.Run(crc, view.Row(plane, y));
            }
        }

        return crc;
    }
}
