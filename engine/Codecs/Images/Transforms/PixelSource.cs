namespace Lacuna.Codecs.Images.Transforms;

/// <summary>Gives the pixels of a picture as the network reads them: 8 x 8 cells of red, green and blue, 127.5 less.</summary>
readonly unsafe struct PixelSource(PictureView picture)
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
        PixelChannel red = picture.Channel(0), green = picture.Channel(1), blue = picture.Channel(2);
        int step = red.Step, last = picture.Width - 1;
        for (int line = 0; line < Cell; line++)
        {
            int y = Math.Min(cellRow * Cell + line, picture.Height - 1);
            byte* r = red.Row(y), g = green.Row(y), b = blue.Row(y);
            for (int cell = 0; cell < count; cell++)
            {
                Span<float> samples = cells.Slice((cell * Cell + line) * Cell * 3, Cell * 3);
                int x = (cellColumn + cell) * Cell;
                for (int i = 0; i < Cell; i++)
                {
                    nint from = (nint)Math.Min(x + i, last) * step;
                    samples[3 * i] = r[from] - Middle;
                    samples[3 * i + 1] = g[from] - Middle;
                    samples[3 * i + 2] = b[from] - Middle;
                }
            }
        }
    }
}
