using System.Text;
using Lacuna.Codecs;

namespace Lacuna.Cli.Files.Netpbm;

/// <summary>Reads PAM (P7): grey or colour, with or without alpha, of up to 16 bits a sample.</summary>
/// <remarks>Source: the Netpbm manual, pam(5).</remarks>
static class PamReader
{
    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file, which begins with P7.</param>
    /// <param name="maxPixels">Larger pictures are refused.</param>
    /// <exception cref="FileFormatException">The file is damaged or too large.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, long maxPixels)
    {
        var cursor = new NetpbmCursor(file, 2);
        Header header = ReadHeader(ref cursor);
        PixelLayout layout = Layout(header);
        NetpbmReader.CheckMax(header.Max);
        int bytes = PictureLimits.Check(header.Width, header.Height, layout, maxPixels);
        if (cursor.Rest.Length < (header.Max < 256 ? 1L : 2L) * bytes)
        {
            throw new FileFormatException("the PAM ends too soon");
        }

        var pixels = new byte[bytes];
        NetpbmReader.ReadBinary(cursor.Rest, pixels, header.Max);
        return new Picture(header.Width, header.Height, layout, pixels);
    }

    static Header ReadHeader(ref NetpbmCursor cursor)
    {
        var header = new Header();
        while (true)
        {
            string word = Text(cursor.Word());
            switch (word)
            {
                case "WIDTH":
                    header.Width = cursor.Number();
                    break;
                case "HEIGHT":
                    header.Height = cursor.Number();
                    break;
                case "DEPTH":
                    header.Depth = cursor.Number();
                    break;
                case "MAXVAL":
                    header.Max = cursor.Number();
                    break;
                case "TUPLTYPE":
                    header.Tuple = Text(cursor.Word());
                    break;
                case "ENDHDR":
                    cursor.SkipLine();
                    return header;
                case "":
                    throw new FileFormatException("the header of the PAM does not end");
                default:
                    throw new FileFormatException($"the header of the PAM has an unknown line, {word}");
            }
        }
    }

    /// <summary>A word of the header, with what cannot be printed left out and cut to a length fit for a message.</summary>
    static string Text(ReadOnlySpan<byte> word)
    {
        var text = new StringBuilder();
        foreach (byte value in word[..Math.Min(word.Length, 24)])
        {
            text.Append(char.IsAsciiLetterOrDigit((char)value) || value == '_' ? (char)value : '?');
        }

        return text.ToString();
    }

    static PixelLayout Layout(Header header) => (header.Tuple, header.Depth) switch
    {
        ("GRAYSCALE" or "BLACKANDWHITE" or "", 1) => PixelLayout.Grey,
        ("GRAYSCALE_ALPHA" or "BLACKANDWHITE_ALPHA" or "", 2) => PixelLayout.GreyAlpha,
        ("RGB" or "", 3) => PixelLayout.Rgb,
        ("RGB_ALPHA" or "", 4) => PixelLayout.Rgba,
        _ => throw new FileFormatException($"a PAM of type {header.Tuple} with {header.Depth} channels is not a picture known here"),
    };

    /// <summary>The fields of the header; 0 or empty where the file has none.</summary>
    struct Header()
    {
        public int Width = 0;
        public int Height = 0;
        public int Depth = 0;
        public int Max = 0;
        public string Tuple = "";
    }
}
