namespace Lacuna.Codecs.Images.Transforms;

/// <summary>Gives the pixels of a picture as the network reads them: 8 x 8 cells of red, green and blue, 127.5 less.</summary>
sealed class PixelSource(Picture picture)
{
    const int Cell = 8;
    const float Middle = 127.5f;

    /// <summary>Loads cells of one row of cells. Pixels outside the picture repeat its edge.</summary>
    /// <param name="cellRow">Row of cells.</param>
    /// <param name="cellColumn">First column of cells.</param>
    /// <param name="count">Cells.</param>
    /// <param name="cells">Receives [count, 8, 8, 3].</param>
    public void Load(int cellRow, int cellColumn, int count, Span<float> cells)
    {
        bool grey = picture.Layout is PixelLayout.Grey or PixelLayout.GreyAlpha;
        int stride = picture.Width * picture.Channels;
        int green = grey ? 0 : 1, blue = grey ? 0 : 2;
        for (int line = 0; line < Cell; line++)
        {
            int y = Math.Min(cellRow * Cell + line, picture.Height - 1);
            ReadOnlySpan<byte> pixels = picture.Pixels.AsSpan(checked(y * stride), stride);
            for (int x = 0; x < count * Cell; x++)
            {
                int from = Math.Min(cellColumn * Cell + x, picture.Width - 1) * picture.Channels;
                int to = ((x / Cell * Cell + line) * Cell + x % Cell) * 3;
                cells[to] = pixels[from] - Middle;
                cells[to + 1] = pixels[from + green] - Middle;
                cells[to + 2] = pixels[from + blue] - Middle;
            }
        }
    }
}
