namespace Lacuna.Codecs.Images.Transforms;

/// <summary>Takes the network's cells and stores them as pixels, cropped to the picture.</summary>
/// <remarks>docs/format.md, section 6: rounding, clamping and grey.</remarks>
sealed class PixelTarget(Picture picture)
{
    const int Cell = 8;

    /// <summary>Stores cells of one row of cells.</summary>
    /// <param name="cells">[count, 8, 8, 3].</param>
    /// <param name="cellRow">Row of cells.</param>
    /// <param name="cellColumn">First column of cells.</param>
    /// <param name="count">Cells.</param>
    public void Store(ReadOnlySpan<float> cells, int cellRow, int cellColumn, int count)
    {
        int lines = Math.Min(Cell, picture.Height - cellRow * Cell);
        int columns = Math.Min(count * Cell, picture.Width - cellColumn * Cell);
        bool grey = picture.Layout is PixelLayout.Grey or PixelLayout.GreyAlpha;
        for (int line = 0; line < lines; line++)
        {
            Span<byte> pixels = picture.Pixels.AsSpan(
                ((cellRow * Cell + line) * picture.Width + cellColumn * Cell) * picture.Channels, columns * picture.Channels);
            for (int x = 0; x < columns; x++)
            {
                ReadOnlySpan<float> sample = cells.Slice(((x / Cell * Cell + line) * Cell + x % Cell) * 3, 3);
                Span<byte> pixel = pixels.Slice(x * picture.Channels, picture.Channels);
                byte red = Sample(sample[0]), green = Sample(sample[1]), blue = Sample(sample[2]);
                if (grey)
                {
                    pixel[0] = (byte)((red + green + blue + 1) / 3);
                }
                else
                {
                    (pixel[0], pixel[1], pixel[2]) = (red, green, blue);
                }
            }
        }
    }

    static byte Sample(float value)
    {
        float t = value + 127.5f;
        return t > 0 ? (byte)MathF.Round(MathF.Min(t, 255), MidpointRounding.ToEven) : (byte)0; // a NaN gives 0
    }
}
