namespace Lacuna.Kernels;

/// <summary>The picture that a <see cref="DepthwiseConvolution"/> reads and the band of rows that it writes.</summary>
/// <param name="Height">Rows of the source, 0 or more.</param>
/// <param name="Width">Pixels in a row, 0 or more.</param>
/// <param name="FirstRow">The first row to write, counted in the source.</param>
/// <param name="RowCount">Rows to write; the band lies inside the source.</param>
public readonly record struct DepthwiseShape(int Height, int Width, int FirstRow, int RowCount)
{
    /// <summary>The whole picture.</summary>
    /// <param name="height">Rows, 0 or more.</param>
    /// <param name="width">Pixels in a row, 0 or more.</param>
    public DepthwiseShape(int height, int width)
        : this(height, width, 0, height)
    {
    }
}
