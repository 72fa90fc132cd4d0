using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Entropy;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>Estimates memory before anything is opened.</summary>
/// <remarks>
/// The sums follow what the coders allocate; tests compare them. Streams are taken to have a byte a pixel, which only noise at the
/// highest qualities comes near.
/// </remarks>
public static class ImageMemory
{
    const int RowAlignment = 64;

    // Weights as float32, 4.5 and 5.3 MB, and the two largest matrices once more while they are laid out.
    const long DecoderModelBytes = 6L << 20;
    const long EncoderModelBytes = 7L << 20;

    /// <summary>An upper bound of what decoding takes: working memory, the frame, and the model laid out for the kernels.</summary>
    /// <param name="width">Pixels a row, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="Picture.MaxSide"/>.</param>
    /// <param name="format">The frame's format.</param>
    /// <param name="threads">Worker threads, 256 at most; 0: one a processor.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static long EstimateDecoding(int width, int height, PixelFormat format, int threads) =>
        DecodingBytes(width, height, format, Checked(width, height, format, threads))
        + FrameBytes(width, height, format) + DecoderModelBytes;

    /// <summary>The same of encoding; the frame is the one that is encoded.</summary>
    /// <inheritdoc cref="EstimateDecoding"/>
    public static long EstimateEncoding(int width, int height, PixelFormat format, int threads) =>
        EncodingBytes(width, height, format, Checked(width, height, format, threads))
        + FrameBytes(width, height, format) + EncoderModelBytes;

    /// <summary>What a decoder takes from its allocator.</summary>
    internal static long DecodingBytes(int width, int height, PixelFormat format, int workers)
    {
        var grid = new LatentGrid(width, height);
        Region region = grid[0];
        int coders = Coders(grid, workers, out int bands);
        long coded = 3L * Math.Max(region.HyperSymbols, region.SymbolsOfPass);
        return Floats((long)grid.Height * grid.Width * ImageModel.Latents)
            + coders * (NetworkBytes(region, bands) + coded)
            + TransformBytes(grid.Height, grid.Width, workers)
            + (PixelFormats.HasAlpha(format) ? 2L * width : 0);
    }

    /// <summary>What an encoder takes from its allocator.</summary>
    internal static long EncodingBytes(int width, int height, PixelFormat format, int workers)
    {
        var grid = new LatentGrid(width, height);
        Region region = grid[0];
        int coders = Coders(grid, workers, out int bands);
        int rows = (grid.Height + 3) / 4 * 4, columns = (grid.Width + 3) / 4 * 4;
        long positions = 16L * region.HyperHeight * region.HyperWidth;
        long analysis = Floats(positions * (ImageModel.Latents + 2 * ImageModel.Features + ImageModel.Features / 2))
            + Floats(bands * (2L * Region.Side + BandPositions(Region.Side / 4)) * 2 * ImageModel.Features);
        long coded = 3L * (region.Symbols + region.SymbolsOfPass) + IndexedRansEncoder.MaxEncodedBytes(region.Symbols);
        long pixels = (long)width * height;
        return Floats((long)rows * columns * ImageModel.Latents)
            + coders * (NetworkBytes(region, bands) + analysis + coded)
            + TransformBytes(rows, columns, workers)
            + 3 * pixels
            + (PixelFormats.HasAlpha(format) ? 3 * pixels : 0);
    }

    static int Checked(int width, int height, PixelFormat format, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Picture.MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Picture.MaxSide);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, WorkerPool.MaxWorkers);
        return PixelFormats.IsDefined(format) ? WorkerPool.CountOf(threads) : throw new ArgumentOutOfRangeException(nameof(format));
    }

    static long FrameBytes(int width, int height, PixelFormat format)
    {
        long row = (PixelFormats.RowBytes(format, width) + RowAlignment - 1) / RowAlignment * RowAlignment;
        return PixelFormats.Planes(format) * (row * height + RowAlignment);
    }

    /// <summary>Region coders at work at once, and the workers that share the rows of each.</summary>
    static int Coders(LatentGrid grid, int workers, out int bands)
    {
        bool sideBySide = RegionLoop.AreSideBySide(workers, grid.Regions);
        bands = sideBySide ? 1 : workers;
        return sideBySide ? workers : 1;
    }

    /// <summary>A <see cref="RegionNetwork"/> of a region.</summary>
    static long NetworkBytes(Region region, int bands)
    {
        const int maps = 6 * ImageModel.Features + ImageModel.Latents + 2 * ImageModel.GroupSize;
        long cells = region.HyperHeight * region.HyperWidth;
        return Floats(16 * cells * maps + cells * ImageModel.HyperLatents)
            + Floats(bands * BandPositions(4 * region.HyperWidth) * 2 * ImageModel.Features);
    }

    /// <summary>A <see cref="Synthesis"/> or <see cref="Analysis"/> of a grid.</summary>
    static long TransformBytes(int rows, int columns, int workers)
    {
        long height = Math.Min(rows, Tile.Side + 2 * Tile.Margin), width = Math.Min(columns, Tile.Side + 2 * Tile.Margin);
        long low = height * width * ImageModel.Latents, high = 4 * height * width * ImageModel.Width;
        long first = Math.Max(2 * width * ImageModel.UnshuffledPixel, BandPositions((int)(2 * width)) * ImageModel.Latents);
        long second = BandPositions((int)(2 * width)) * 2 * ImageModel.Width;
        long fold = 4 * width * ImageModel.Width * 2;
        return Floats(low + 2 * high + workers * (Math.Max(first, fold) + second));
    }

    /// <summary>The most positions of a band of rows.</summary>
    static long BandPositions(int width) => (long)Scratch.BandRows(width) * width;

    static long Floats(long count) => sizeof(float) * count;
}
