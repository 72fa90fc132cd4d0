using Lacuna.Codecs;

namespace Lacuna.Perf.Showcase;

/// <summary>A sheet of equal cut-outs, labelled: a row a quality, a column a codec.</summary>
sealed class SideBySide(int columns)
{
    const int MaxWidth = 400;
    const int MaxHeight = 288;
    const int Label = 26;
    const int Gap = 8;
    const byte Paper = 24;
    const byte Ink = 230;

    readonly List<(string Label, Picture Picture)> cells = [];

    /// <summary>Adds the next cell, row by row.</summary>
    /// <param name="picture">RGB; all cells have pictures of one size, of which the middle is shown.</param>
    public void Add(string label, Picture picture) => cells.Add((label, picture));

    /// <summary>The sheet as RGB.</summary>
    public Picture Compose()
    {
        int cutWidth = Math.Min(MaxWidth, cells[0].Picture.Width);
        int cutHeight = Math.Min(MaxHeight, cells[0].Picture.Height);
        int rows = (cells.Count + columns - 1) / columns;
        int width = Gap + columns * (Math.Max(cutWidth, MaxWidth) + Gap);
        int height = Gap + rows * (cutHeight + Label + Gap);
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, Paper);
        for (int i = 0; i < cells.Count; i++)
        {
            int left = Gap + i % columns * (Math.Max(cutWidth, MaxWidth) + Gap);
            int top = Gap + i / columns * (cutHeight + Label + Gap);
            BitmapFont.Draw(pixels, width, left, top + 5, cells[i].Label, 2, Ink);
            Paste(cells[i].Picture, cutWidth, cutHeight, pixels, width, left, top + Label);
        }

        return new(width, height, PixelLayout.Rgb, pixels);
    }

    static void Paste(Picture source, int cutWidth, int cutHeight, byte[] sheet, int sheetWidth, int left, int top)
    {
        int firstColumn = (source.Width - cutWidth) / 2;
        int firstRow = (source.Height - cutHeight) / 2;
        for (int row = 0; row < cutHeight; row++)
        {
            source.Pixels.AsSpan(3 * ((firstRow + row) * source.Width + firstColumn), 3 * cutWidth)
                .CopyTo(sheet.AsSpan(3 * ((top + row) * sheetWidth + left)));
        }
    }
}
