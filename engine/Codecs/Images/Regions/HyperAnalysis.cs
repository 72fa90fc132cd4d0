using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>The encoder's way from a region's latents to its hyper-latents. The decoder never runs it.</summary>
/// <param name="workers">Workers of the largest pool that will share rows.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class HyperAnalysis(int workers, BufferAllocator? allocator) : IDisposable
{
    readonly Scratch scratch = new(workers, allocator);
    readonly FeatureMap entered = new(allocator);
    readonly FeatureMap filtered = new(allocator);
    readonly FeatureMap down = new(allocator);

    /// <summary>Works out the hyper-latents.</summary>
    /// <param name="layers">The model's part.</param>
    /// <param name="pool">Shares the rows.</param>
    /// <param name="latents">[4 * height, 4 * width, 192].</param>
    /// <param name="hyperLatents">Receives [height, width, 64].</param>
    public void Run(HyperAnalysisLayers layers, WorkerPool pool, FeatureMap latents, FeatureMap hyperLatents)
    {
        entered.Reshape(latents.Height, latents.Width, ImageModel.Features);
        filtered.Reshape(latents.Height, latents.Width, ImageModel.Features);
        var work = new Work(this, layers, latents);
        pool.For(latents.Height, work, static (work, row, _) => work.Enter(row));
        pool.For(latents.Height, work, static (work, row, _) => work.Filter(row));
        Shuffle.Fold(layers.Down, filtered, down, scratch, pool);
        layers.Block.Run(down, scratch, pool);
        Shuffle.Fold(layers.Leave, down, hyperLatents, scratch, pool);
    }

    /// <summary>What the threads share.</summary>
    readonly struct Work(HyperAnalysis analysis, HyperAnalysisLayers layers, FeatureMap latents)
    {
        public void Enter(int row) =>
            layers.Enter.Run(latents.Row(row), analysis.entered.Row(row), latents.Width, PointwiseActivation.Leaky);

        public void Filter(int row) => layers.Depthwise.Run(analysis.entered, row, 1, analysis.filtered.Row(row));
    }

    public void Dispose()
    {
        scratch.Dispose();
        entered.Dispose();
        filtered.Dispose();
        down.Dispose();
    }
}
