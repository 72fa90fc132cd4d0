using Lacuna.Codecs.Images.Model;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Transforms;

/// <summary>From pixels to latents, tile by tile: the encoder's transform.</summary>
/// <remarks>Memory: some 20 MB, whatever the picture's size.</remarks>
sealed class Analysis(AnalysisLayers layers, WorkerPool pool) : IDisposable
{
    readonly Scratch scratch = new(pool.Workers);
    readonly FeatureMap high = new();
    readonly FeatureMap low = new();

    /// <summary>Makes the latents of a tile.</summary>
    /// <param name="source">The picture; it repeats its edge outwards.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192]; the tile's are written.</param>
    public void Run(PixelSource source, Tile tile, FeatureMap latents)
    {
        high.Reshape(2 * tile.OuterHeight, 2 * tile.OuterWidth, ImageModel.Width);
        pool.For(high.Height, (row, worker) =>
        {
            Span<float> cells = scratch.First(worker, high.Width * ImageModel.UnshuffledPixel);
            source.Load(2 * tile.Top + row, 2 * tile.Left, high.Width, cells);
            layers.Enter.Run(cells, high.Row(row), high.Width);
        });
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

    public void Dispose()
    {
        scratch.Dispose();
        high.Dispose();
        low.Dispose();
    }
}
