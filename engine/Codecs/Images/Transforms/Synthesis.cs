using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Transforms;

/// <summary>From latents to pixels, tile by tile.</summary>
/// <remarks>docs/format.md, section 6. Memory: some 20 MB, whatever the picture's size.</remarks>
/// <param name="pool">Shares the rows of a tile.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class Synthesis(WorkerPool pool, BufferAllocator? allocator = null) : IDisposable
{
    readonly Scratch scratch = new(pool.Workers, allocator);
    readonly FeatureMap low = new(allocator);
    readonly FeatureMap high = new(allocator);

    /// <summary>Makes the pixels of a tile.</summary>
    /// <param name="level">The stream's level.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192].</param>
    /// <param name="tile">The tile.</param>
    /// <param name="target">Receives the tile's pixels; those outside it are left alone.</param>
    public void Run(LevelParameters level, FeatureMap latents, Tile tile, PixelTarget target)
    {
        SynthesisLayers layers = level.Model.Synthesis;
        low.Reshape(tile.OuterHeight, tile.OuterWidth, ImageModel.Latents);
        var work = new Work(this, level, latents, tile, target);
        pool.For(low.Height, work, static (work, row, _) => work.Add(row));
        layers.Low.Run(low, scratch, pool);
        Shuffle.Unfold(level.Synthesis.Up, low, high, PointwiseActivation.None, pool);
        foreach (ResidualBlock block in layers.High)
        {
            block.Run(high, scratch, pool);
        }

        pool.For(2 * tile.Height, work, static (work, row, worker) => work.Leave(row, worker));
    }

    /// <summary>What the threads of a tile share.</summary>
    readonly struct Work(Synthesis synthesis, LevelParameters level, FeatureMap latents, Tile tile, PixelTarget target)
    {
        public void Add(int row) => AddToEach(
            latents.Row(tile.Top + row).Slice(tile.Left * ImageModel.Latents, synthesis.low.Stride),
            level.Synthesis.Low,
            synthesis.low.Row(row));

        public void Leave(int row, int worker) => synthesis.Leave(level.Model.Synthesis.Leave, tile, target, row, worker);
    }

    void Leave(Pointwise layer, Tile tile, PixelTarget target, int row, int worker)
    {
        int firstRow = 2 * (tile.Row - tile.Top), firstColumn = 2 * (tile.Column - tile.Left);
        Span<float> cells = scratch.First(worker, 2 * tile.Width * ImageModel.UnshuffledPixel);
        layer.Run(high.Row(firstRow + row)[(firstColumn * ImageModel.Width)..], cells, 2 * tile.Width);
        target.Store(cells, 2 * tile.Row + row, 2 * tile.Column, 2 * tile.Width);
    }

    static void AddToEach(ReadOnlySpan<float> source, ReadOnlySpan<float> addend, Span<float> destination)
    {
        for (int first = 0; first < source.Length; first += addend.Length)
        {
            for (int i = 0; i < addend.Length; i++)
            {
                destination[first + i] = source[first + i] + addend[i];
            }
        }
    }

    public void Dispose()
    {
        scratch.Dispose();
        low.Dispose();
        high.Dispose();
    }
}
