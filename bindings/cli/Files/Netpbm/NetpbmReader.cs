using System.Buffers.Binary;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Netpbm;

/// <summary>Reads PBM, PGM and PPM, plain or binary (P1 to P6), of up to 16 bits a sample.</summary>
/// <remarks>Source: the Netpbm manual, pbm(5), pgm(5), ppm(5). Of several pictures in a file the first is read.</remarks>
static class NetpbmReader
{
    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file, which begins with P1 to P6.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <exception cref="FileFormatException">The file is damaged or too large.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, long maxPixels)
    {
        int kind = file[1] - '0';
        var cursor = new NetpbmCursor(file, 2);
        int width = cursor.Number();
        int height = cursor.Number();
        int max = kind is 1 or 4 ? 1 : CheckMax(cursor.Number());
        PixelLayout layout = kind is 3 or 6 ? PixelLayout.Rgb : PixelLayout.Grey;
        int bytes = PictureLimits.Check(width, height, layout, maxPixels);
        if (kind > 3)
        {
            cursor.OneSpace();
        }

        CheckLength(cursor.Rest.Length, kind, bytes, width, height, max);
        var pixels = new byte[bytes];
        switch (kind)
        {
            case 1:
                ReadPlainBits(cursor, pixels);
                break;
            case 2 or 3:
                ReadPlain(cursor, pixels, max);
                break;
            case 4:
                ReadBits(cursor.Rest, pixels, width);
                break;
            default:
                ReadBinary(cursor.Rest, pixels, max);
                break;
        }

        return new Picture(width, height, layout, pixels);
    }

    /// <summary>Brings binary samples of one or two bytes to 8 bits.</summary>
    /// <param name="source">Samples, big-endian; at least as many as <paramref name="pixels"/>.</param>
    /// <param name="pixels">Receives the samples.</param>
    /// <param name="max">The sample of full brightness, 1 to 65535.</param>
    /// <exception cref="FileFormatException">A sample is larger than <paramref name="max"/>.</exception>
    internal static void ReadBinary(ReadOnlySpan<byte> source, Span<byte> pixels, int max)
    {
        if (max == 255)
        {
            source[..pixels.Length].CopyTo(pixels);
            return;
        }

        byte[] scale = SampleScale.Table(max);
        for (int i = 0; i < pixels.Length; i++)
        {
            int sample = max < 256 ? source[i] : BinaryPrimitives.ReadUInt16BigEndian(source[(2 * i)..]);
            pixels[i] = Scaled(scale, sample);
        }
    }

    /// <summary>Refuses a largest sample outside 1 to 65535.</summary>
    /// <exception cref="FileFormatException">It is outside.</exception>
    internal static int CheckMax(int max) =>
        max is >= 1 and <= 65535 ? max : throw new FileFormatException($"its largest sample is {max}; Netpbm has 1 to 65535");

    static void CheckLength(int length, int kind, int samples, int width, int height, int max)
    {
        long needed = kind switch
        {
            1 => samples,
            2 or 3 => (2L * samples) - 1,
            4 => (long)height * ((width + 7) / 8),
            _ => (max < 256 ? 1L : 2L) * samples,
        };
        if (length < needed)
        {
            throw new FileFormatException("the Netpbm file ends too soon");
        }
    }

    static void ReadPlainBits(NetpbmCursor cursor, Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            cursor.SkipSpace();
            pixels[i] = cursor.Digit() switch
            {
                (byte)'0' => 255,
                (byte)'1' => 0,
                _ => throw new FileFormatException("a pixel of the PBM is neither 0 nor 1"),
            };
        }
    }

    static void ReadPlain(NetpbmCursor cursor, Span<byte> pixels, int max)
    {
        byte[] scale = SampleScale.Table(max);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Scaled(scale, cursor.Number());
        }
    }

    static void ReadBits(ReadOnlySpan<byte> source, Span<byte> pixels, int width)
    {
        int stride = (width + 7) / 8;
        for (int y = 0; y < pixels.Length / width; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int bit = (source[(y * stride) + (x >> 3)] >> (7 - (x & 7))) & 1;
                pixels[(y * width) + x] = bit == 0 ? (byte)255 : (byte)0;
            }
        }
    }

    static byte Scaled(byte[] scale, int sample) =>
        sample < scale.Length ? scale[sample] : throw new FileFormatException("a sample is larger than the largest that the file names");
}
