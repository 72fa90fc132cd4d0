namespace Lacuna.Codecs.Images.Transforms;

/// <summary>A rectangle of latent positions that a transform makes in one go, with the margin that it must read around it.</summary>
/// <remarks>
/// The margin covers the reach of every depthwise convolution (one position at 1/16 and three at 1/8 of the picture), so
/// tiles never change a bit. It bounds the memory of a transform: docs/format.md, section 6.
/// </remarks>
readonly record struct Tile(int Row, int Column, int Height, int Width, int Top, int Left, int Bottom, int Right)
{
    public const int Side = 64;
    public const int Margin = 3;

    /// <summary>Rows with the margin.</summary>
    public int OuterHeight => Bottom - Top;

    /// <summary>Columns with the margin.</summary>
    public int OuterWidth => Right - Left;

    /// <summary>Number of tiles of a grid.</summary>
    public static int Count(int rows, int columns) => Along(rows) * Along(columns);

    /// <summary>A tile of a grid; they go row by row.</summary>
    public static Tile At(int index, int rows, int columns)
    {
        int row = index / Along(columns) * Side, column = index % Along(columns) * Side;
        int height = Math.Min(Side, rows - row), width = Math.Min(Side, columns - column);
        return new Tile(
            row, column, height, width,
            Math.Max(0, row - Margin), Math.Max(0, column - Margin),
            Math.Min(rows, row + height + Margin), Math.Min(columns, column + width + Margin));
    }

    static int Along(int positions) => (positions + Side - 1) / Side;
}
