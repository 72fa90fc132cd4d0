using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>The encoder's way from a region's latents to its hyper-latents. The decoder never runs it.</summary>
sealed class HyperAnalysis(HyperAnalysisLayers layers, WorkerPool pool) : IDisposable
{
    readonly Scratch scratch = new(pool.Workers);
    readonly FeatureMap entered = new();
    readonly FeatureMap filtered = new();
    readonly FeatureMap down = new();

    /// <summary>Works out the hyper-latents.</summary>
    /// <param name="latents">[4 * height, 4 * width, 192].</param>
    /// <param name="hyperLatents">Receives [height, width, 64].</param>
    public void Run(FeatureMap latents, FeatureMap hyperLatents)
    {
        entered.Reshape(latents.Height, latents.Width, ImageModel.Features);
        filtered.Reshape(latents.Height, latents.Width, ImageModel.Features);
        pool.For(latents.Height, (row, _) =>
            layers.Enter.Run(latents.Row(row), entered.Row(row), latents.Width, PointwiseActivation.Leaky));
        pool.For(latents.Height, (row, _) => layers.Depthwise.Run(entered, row, 1, filtered.Row(row)));
        Shuffle.Fold(layers.Down, filtered, down, scratch, pool);
        layers.Block.Run(down, scratch, pool);
        Shuffle.Fold(layers.Leave, down, hyperLatents, scratch, pool);
    }

    public void Dispose()
    {
        scratch.Dispose();
        entered.Dispose();
        filtered.Dispose();
        down.Dispose();
    }
}
