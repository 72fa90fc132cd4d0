using Lacuna.Codecs.Images.Model;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>A rectangle of latent positions that is coded on its own.</summary>
/// <remarks>docs/format.md, section 3.</remarks>
readonly record struct Region(int Index, int Row, int Column, int Height, int Width)
{
    public const int Side = 64;

    public int HyperHeight => (Height + 3) / 4;

    public int HyperWidth => (Width + 3) / 4;

    public int HyperSymbols => HyperHeight * HyperWidth * ImageModel.HyperLatents;

    public int SymbolsOfPass => Height * Width * ImageModel.GroupSize;

    public int Symbols => HyperSymbols + ImageModel.Groups * SymbolsOfPass;

    /// <summary>The channel group that a pass codes at a position.</summary>
    public static int GroupOf(int pass, int row, int column) =>
        (2 * (row & 1) + (column & 1)) ^ pass switch { 0 => 0, 1 => 3, 2 => 1, _ => 2 };
}

/// <summary>How a picture divides into latents and regions.</summary>
/// <remarks>docs/format.md, section 3.</remarks>
readonly record struct LatentGrid(int PictureWidth, int PictureHeight)
{
    public const int Cell = 16;

    public int Height => (PictureHeight + Cell - 1) / Cell;

    public int Width => (PictureWidth + Cell - 1) / Cell;

    public int RegionColumns => (Width + Region.Side - 1) / Region.Side;

    public int Regions => RegionColumns * ((Height + Region.Side - 1) / Region.Side);

    public Region this[int index]
    {
        get
        {
            int row = index / RegionColumns * Region.Side, column = index % RegionColumns * Region.Side;
            return new Region(index, row, column, Math.Min(Region.Side, Height - row), Math.Min(Region.Side, Width - column));
        }
    }
}
