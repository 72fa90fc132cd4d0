using System.Text;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Y4m;

/// <summary>Writes a picture as a y4m file of one frame, BT.601.</summary>
/// <remarks>Colour in limited range, as players expect it; grey as mono in full range, which loses nothing.</remarks>
static class Y4mWriter
{
    /// <summary>Writes a picture.</summary>
    /// <param name="picture">Layout without alpha.</param>
    /// <param name="destination">Receives the file; left open.</param>
    /// <param name="halfChroma">Whether chroma is halved both ways (420jpeg, the mean of each 2 x 2 pixels); else 444.</param>
    public static void Write(Picture picture, Stream destination, bool halfChroma)
    {
        bool grey = picture.Layout == PixelLayout.Grey;
        string chroma = grey ? "Cmono XCOLORRANGE=FULL" : (halfChroma ? "C420jpeg" : "C444") + " XCOLORRANGE=LIMITED";
        destination.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{picture.Width} H{picture.Height} F25:1 Ip A1:1 {chroma}\nFRAME\n"));
        if (grey)
        {
            destination.Write(picture.Pixels);
            return;
        }

        var colour = new YCbCr(full: false);
        WriteLuma(picture, destination, colour);
        WriteChroma(picture, destination, colour, halfChroma ? 2 : 1);
    }

    static void WriteLuma(Picture picture, Stream destination, YCbCr colour)
    {
        var row = new byte[picture.Width];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < row.Length; x++)
            {
                ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(3 * ((y * row.Length) + x), 3);
                row[x] = colour.Luma(pixel[0], pixel[1], pixel[2]);
            }

            destination.Write(row);
        }
    }

    static void WriteChroma(Picture picture, Stream destination, YCbCr colour, int step)
    {
        int width = (picture.Width + step - 1) / step;
        int height = (picture.Height + step - 1) / step;
        var blue = new byte[width * height];
        var red = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (double r, double g, double b) = Mean(picture, x * step, y * step, step);
                (blue[(y * width) + x], red[(y * width) + x]) = colour.Chroma(r, g, b);
            }
        }

        destination.Write(blue);
        destination.Write(red);
    }

    /// <summary>The mean colour of a square, whose part outside the picture repeats the last column and row.</summary>
    static (double Red, double Green, double Blue) Mean(Picture picture, int left, int top, int side)
    {
        (int red, int green, int blue) = (0, 0, 0);
        for (int dy = 0; dy < side; dy++)
        {
            int y = Math.Min(top + dy, picture.Height - 1);
            for (int dx = 0; dx < side; dx++)
            {
                int x = Math.Min(left + dx, picture.Width - 1);
                ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(3 * ((y * picture.Width) + x), 3);
                (red, green, blue) = (red + pixel[0], green + pixel[1], blue + pixel[2]);
            }
        }

        double area = side * side;
        return (red / area, green / area, blue / area);
    }
}
