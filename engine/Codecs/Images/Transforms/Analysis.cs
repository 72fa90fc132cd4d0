using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Transforms;

/// <summary>From pixels to latents, tile by tile: the encoder's transform.</summary>
/// <remarks>Memory: some 20 MB, whatever the picture's size.</remarks>
/// <param name="pool">Shares the rows of a tile.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class Analysis(WorkerPool pool, BufferAllocator? allocator = null) : IDisposable
{
    readonly Scratch scratch = new(pool.Workers, allocator);
    readonly FeatureMap high = new(allocator);
    readonly FeatureMap low = new(allocator);

    /// <summary>Makes the latents of a tile.</summary>
    /// <param name="layers">The model's part.</param>
    /// <param name="source">The picture; it repeats its edge outwards.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192]; the tile's are written.</param>
    public void Run(AnalysisLayers layers, PixelSource source, Tile tile, FeatureMap latents)
    {
        high.Reshape(2 * tile.OuterHeight, 2 * tile.OuterWidth, ImageModel.Width);
        pool.For(high.Height, new Work(this, layers, source, tile), static (work, row, worker) => work.Enter(row, worker));
        foreach (ResidualBlock block in layers.High)
        {
            block.Run(high, scratch, pool);
        }

        Shuffle.Fold(layers.Down, high, low, scratch, pool);
        layers.Low.Run(low, scratch, pool);
        for (int row = 0; row < tile.Height; row++)
        {
            low.Row(tile.Row - tile.Top + row)
                .Slice((tile.Column - tile.Left) * ImageModel.Latents, tile.Width * ImageModel.Latents)
                .CopyTo(latents.Row(tile.Row + row)[(tile.Column * ImageModel.Latents)..]);
        }
    }

    void Enter(Pointwise layer, PixelSource source, Tile tile, int row, int worker)
    {
        Span<float> cells = scratch.First(worker, high.Width * ImageModel.UnshuffledPixel);
        source.Load(2 * tile.Top + row, 2 * tile.Left, high.Width, cells);
        layer.Run(cells, high.Row(row), high.Width);
    }

    /// <summary>What the threads of a tile share.</summary>
    readonly struct Work(Analysis analysis, AnalysisLayers layers, PixelSource source, Tile tile)
    {
        public void Enter(int row, int worker) => analysis.Enter(layers.Enter, source, tile, row, worker);
    }

    public void Dispose()
    {
        scratch.Dispose();
        high.Dispose();
        low.Dispose();
    }
}
