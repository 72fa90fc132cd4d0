using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Transforms;

/// <summary>From latents to pixels, tile by tile.</summary>
/// <remarks>docs/format.md, section 6. Memory: some 20 MB, whatever the picture's size.</remarks>
sealed class Synthesis(LevelParameters level, WorkerPool pool) : IDisposable
{
    readonly Scratch scratch = new(pool.Workers);
    readonly FeatureMap low = new();
    readonly FeatureMap high = new();

    /// <summary>Makes the pixels of a tile.</summary>
    /// <param name="latents">The picture's latents, [rows, columns, 192].</param>
    /// <param name="tile">The tile.</param>
    /// <param name="target">Receives the tile's pixels; those outside it are left alone.</param>
    public void Run(FeatureMap latents, Tile tile, PixelTarget target)
    {
        SynthesisLayers layers = level.Model.Synthesis;
        low.Reshape(tile.OuterHeight, tile.OuterWidth, ImageModel.Latents);
        pool.For(low.Height, (row, _) => AddToEach(
            latents.Row(tile.Top + row).Slice(tile.Left * ImageModel.Latents, low.Stride), level.SynthesisLow, low.Row(row)));
        layers.Low.Run(low, scratch, pool);
        Shuffle.Unfold(level.SynthesisUp, low, high, PointwiseActivation.None, pool);
        foreach (ResidualBlock block in layers.High)
        {
            block.Run(high, scratch, pool);
        }

        int firstRow = 2 * (tile.Row - tile.Top), firstColumn = 2 * (tile.Column - tile.Left);
        pool.For(2 * tile.Height, (row, worker) =>
        {
            Span<float> cells = scratch.First(worker, 2 * tile.Width * ImageModel.UnshuffledPixel);
            layers.Leave.Run(high.Row(firstRow + row)[(firstColumn * ImageModel.Width)..], cells, 2 * tile.Width);
            target.Store(cells, 2 * tile.Row + row, 2 * tile.Column, 2 * tile.Width);
        });
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
