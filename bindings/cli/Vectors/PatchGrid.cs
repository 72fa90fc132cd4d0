using Lacuna.Cli.Commands;
using Lacuna.Cli.Files.Npy;
using Lacuna.Codecs;

namespace Lacuna.Cli.Vectors;

/// <summary>The squares of a picture as vectors: rows of pixels, channels innermost, samples from 0 to 255.</summary>
static class PatchGrid
{
    const int MostSize = 64;

    public static OptionSpec SizeOption { get; } = new("--size", "N", "Pixels along a square's side; 4 unless given.");

    /// <summary>The side asked for.</summary>
    public static int SizeOf(CommandLine line) => (int)(line.Whole(SizeOption.Name, 1, MostSize) ?? 4);

    /// <summary>A .npy file of shape [rows, columns, size x size x channels].</summary>
    public static byte[] Cut(Picture picture, int size)
    {
        (int rows, int columns, int row) = (picture.Height / size, picture.Width / size, size * picture.Channels);
        var elements = new float[rows * columns * size * row];
        ForEachRow(rows, columns, size, (square, y, x, line) =>
        {
            int from = (y * picture.Width + x) * picture.Channels, to = (square * size + line) * row;
            for (int i = 0; i < row; i++)
            {
                elements[to + i] = picture.Pixels[from + i];
            }
        });
        return NpyArray.Write<float>(elements, rows, columns, size * row);
    }

    /// <summary>The picture of such vectors; null where they make none.</summary>
    public static Picture? Join(VectorFile vectors, int size, int columns)
    {
        (int channels, int rows) = (vectors.Dimensions / (size * size), vectors.Count / columns);
        bool fits = channels is >= 1 and <= 4 && channels * size * size == vectors.Dimensions
            && rows > 0 && rows * columns == vectors.Count && rows * size <= Picture.MaxSide && columns * size <= Picture.MaxSide;
        if (!fits)
        {
            return null;
        }

        int row = size * channels;
        var pixels = new byte[checked(rows * columns * size * row)];
        ForEachRow(rows, columns, size, (square, y, x, line) =>
        {
            int from = (square * size + line) * row, to = (y * columns * size + x) * channels;
            for (int i = 0; i < row; i++)
            {
                float sample = MathF.Round(vectors.Elements[from + i], MidpointRounding.ToEven);
                pixels[to + i] = sample > 0 ? (byte)MathF.Min(sample, 255) : (byte)0;
            }
        });
        return new Picture(columns * size, rows * size, (PixelLayout)channels, pixels);
    }

    /// <summary>Visits every square's rows: number of the square, position of the row's first pixel, row within the square.</summary>
    static void ForEachRow(int rows, int columns, int size, Action<int, int, int, int> visit)
    {
        for (int square = 0; square < rows * columns; square++)
        {
            for (int line = 0; line < size; line++)
            {
                visit(square, square / columns * size + line, square % columns * size, line);
            }
        }
    }
}
