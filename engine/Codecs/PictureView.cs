using System.Runtime.CompilerServices;

namespace Lacuna.Codecs;

/// <summary>A picture in memory that somebody else owns: rows in any order, channels in any, in one plane or in several.</summary>
/// <remarks>It holds addresses alone: the memory must stay where it is for as long as the view is used.</remarks>
public readonly unsafe struct PictureView
{
    readonly PlaneTable planes;

    /// <summary>Looks at a picture in one plane.</summary>
    /// <param name="width">Pixels a row, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="format">An interleaved format.</param>
    /// <param name="pixels">The top row's first byte.</param>
    /// <param name="stride">Bytes from a row to the one below; negative where the bottom row comes first in memory.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public PictureView(int width, int height, PixelFormat format, byte* pixels, nint stride)
        : this(width, height, format, [(nint)pixels], [stride])
    {
    }

    /// <summary>Looks at a picture in any number of planes.</summary>
    /// <param name="width">Pixels a row, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="format">The format.</param>
    /// <param name="planes">Addresses of each plane's top row, at least <see cref="PixelFormats.Planes"/>.</param>
    /// <param name="strides">As many: bytes from a row to the one below; may be negative.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or a plane is missing.</exception>
    public PictureView(int width, int height, PixelFormat format, ReadOnlySpan<nint> planes, ReadOnlySpan<nint> strides)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Picture.MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Picture.MaxSide);
        if (!PixelFormats.IsDefined(format))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format.");
        }

        int count = PixelFormats.Planes(format);
        ArgumentOutOfRangeException.ThrowIfLessThan(planes.Length, count, nameof(planes));
        ArgumentOutOfRangeException.ThrowIfLessThan(strides.Length, count, nameof(strides));
        (Width, Height, Format) = (width, height, format);
        for (int i = 0; i < count; i++)
        {
            if (planes[i] == 0)
            {
                throw new ArgumentNullException(nameof(planes), $"Plane {i} is missing.");
            }

            if (strides[i] > -RowBytes && strides[i] < RowBytes)
            {
                throw new ArgumentException($"stride is {strides[i]}; a row takes {RowBytes} bytes.", nameof(strides));
            }

            this.planes[i] = new PixelPlane((byte*)planes[i], strides[i]);
        }
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The format.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes of a row in each plane.</summary>
    public int RowBytes => PixelFormats.RowBytes(Format, Width);

    /// <summary>Bytes of a row, in each plane: the row's pixels and nothing after them.</summary>
    /// <param name="plane">0 to <see cref="PixelFormats.Planes"/> - 1.</param>
    /// <param name="y">0 to <see cref="Height"/> - 1.</param>
    public Span<byte> Row(int plane, int y) => new(planes[plane].First + y * planes[plane].Stride, RowBytes);

    /// <summary>A channel: 0 red, 1 green, 2 blue, 3 alpha; the first three are the same where the format is grey.</summary>
    /// <returns>Where it lies; nowhere (a null address) where the format has no such channel.</returns>
    public PixelChannel Channel(int channel)
    {
        (int plane, int place) = PixelFormats.PlaceOf(Format, channel);
        return plane < 0 ? default : new PixelChannel(planes[plane].First + place, PixelFormats.PixelBytes(Format), planes[plane].Stride);
    }

    /// <summary>Sets all pixels to 0; the bytes between rows stay as they are.</summary>
    public void Clear()
    {
        for (int plane = 0; plane < PixelFormats.Planes(Format); plane++)
        {
            for (int y = 0; y < Height; y++)
            {
                Row(plane, y).Clear();
            }
        }
    }

    readonly struct PixelPlane(byte* first, nint stride)
    {
        public readonly byte* First = first;
        public readonly nint Stride = stride;
    }

    [InlineArray(4)]
    struct PlaneTable
    {
        PixelPlane first;
    }
}

/// <summary>One channel of a <see cref="PictureView"/>.</summary>
/// <param name="first">The top left sample.</param>
/// <param name="step">Bytes from a sample to the one to its right.</param>
/// <param name="stride">Bytes from a sample to the one below.</param>
public readonly unsafe struct PixelChannel(byte* first, int step, nint stride)
{
    /// <summary>Whether the picture has the channel.</summary>
    public bool Exists => first != null;

    /// <summary>Bytes from a sample to the one to its right.</summary>
    public int Step => step;

    /// <summary>The first sample of row <paramref name="y"/>.</summary>
    public byte* Row(int y) => first + y * stride;
}
