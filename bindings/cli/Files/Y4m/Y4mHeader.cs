using System.Globalization;
using System.Text;

namespace Lacuna.Cli.Files.Y4m;

/// <summary>Where the chroma samples of a frame lie.</summary>
/// <param name="Chroma">Whether there are chroma planes.</param>
/// <param name="StepX">Luma columns a chroma sample, 1 or 2.</param>
/// <param name="StepY">Luma rows a chroma sample, 1 or 2.</param>
/// <param name="Centred">Whether a chroma sample lies between two luma columns, not upon the first of them.</param>
readonly record struct Y4mSampling(bool Chroma, int StepX, int StepY, bool Centred);

/// <summary>The first line of a y4m file.</summary>
readonly record struct Y4mHeader(int Width, int Height, Y4mSampling Sampling, bool FullRange)
{
    const int MaxLineLength = 1024;

    /// <summary>What every file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "YUV4MPEG2 "u8;

    /// <summary>Columns of a chroma plane.</summary>
    public int ChromaWidth => (Width + Sampling.StepX - 1) / Sampling.StepX;

    /// <summary>Rows of a chroma plane.</summary>
    public int ChromaHeight => (Height + Sampling.StepY - 1) / Sampling.StepY;

    /// <summary>Bytes of a frame, without its own line.</summary>
    public long FrameBytes => ((long)Width * Height) + (Sampling.Chroma ? 2L * ChromaWidth * ChromaHeight : 0);

    /// <summary>Reads the line.</summary>
    /// <param name="file">The file from its start.</param>
    /// <param name="consumed">Bytes of the line with its end.</param>
    /// <exception cref="FileFormatException">The line is damaged or names something not known here.</exception>
    public static Y4mHeader Parse(ReadOnlySpan<byte> file, out int consumed)
    {
        consumed = LineLength(file);
        string line = Encoding.ASCII.GetString(file[Magic.Length..(consumed - 1)]);
        (int width, int height) = (0, 0);
        Y4mSampling sampling = Sampled("420jpeg");
        bool full = false;
        foreach (string field in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (field[0])
            {
                case 'W':
                    width = Side(field);
                    break;
                case 'H':
                    height = Side(field);
                    break;
                case 'C':
                    sampling = Sampled(field[1..]);
                    break;
                case 'X' when field == "XCOLORRANGE=FULL":
                    full = true;
                    break;
                default:
                    break;
            }
        }

        return new Y4mHeader(width, height, sampling, full);
    }

    /// <summary>Bytes up to the end of the line, that included.</summary>
    /// <exception cref="FileFormatException">There is no end.</exception>
    public static int LineLength(ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, MaxLineLength)].IndexOf((byte)'\n');
        return end >= 0 ? end + 1 : throw new FileFormatException("a header line of the y4m file does not end");
    }

    static int Side(string field) => int.TryParse(field.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int side)
        ? side
        : throw new FileFormatException("the y4m header has a size that is no number");

    static Y4mSampling Sampled(string name) => name switch
    {
        "mono" => new Y4mSampling(false, 1, 1, false),
        "420" or "420jpeg" => new Y4mSampling(true, 2, 2, true),
        "420mpeg2" => new Y4mSampling(true, 2, 2, false),
        "422" => new Y4mSampling(true, 2, 1, false),
        "444" => new Y4mSampling(true, 1, 1, false),
        _ => throw new FileFormatException($"a y4m file of chroma {Printable(name)} is not known here"),
    };

    static string Printable(string text) => string.Concat(text.Take(24).Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '?'));
}
