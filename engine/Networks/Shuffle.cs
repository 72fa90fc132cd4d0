using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Networks;

/// <summary>Changes resolution by 2: folds squares of 2 x 2 positions into one of four times the channels, and back.</summary>
/// <remarks>docs/format.md, section 5.1, "Unshuffle" and "Shuffle".</remarks>
public static class Shuffle
{
    /// <summary>Folds a map and applies a pointwise layer.</summary>
    /// <param name="layer">4 * channels in.</param>
    /// <param name="source">[2 * height, 2 * width, channels].</param>
    /// <param name="destination">Receives [height, width, outputs].</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="pool">Shares the rows.</param>
    public static void Fold(Pointwise layer, FeatureMap source, FeatureMap destination, Scratch scratch, WorkerPool pool)
    {
        destination.Reshape(source.Height / 2, source.Width / 2, layer.Outputs);
        var work = new Folding(layer, source, destination, scratch);
        pool.For(destination.Height, work, static (work, row, worker) => work.Run(row, worker));
    }

    /// <summary>Applies a pointwise layer, given as the halves of its outputs, and unfolds the result.</summary>
    /// <param name="halves">The outputs for upper and for lower rows, each [2 * channels].</param>
    /// <param name="source">[height, width, inputs].</param>
    /// <param name="destination">Receives [2 * height, 2 * width, channels].</param>
    /// <param name="activation">Applied to every output.</param>
    /// <param name="pool">Shares the rows.</param>
    public static void Unfold(
        Pointwise[] halves, FeatureMap source, FeatureMap destination, PointwiseActivation activation, WorkerPool pool)
    {
        destination.Reshape(2 * source.Height, 2 * source.Width, halves[0].Outputs / 2);
        pool.For(source.Height, new Unfolding(halves, source, destination, activation), static (work, row, _) => work.Run(row));
    }

    /// <summary>What the threads share that fold.</summary>
    readonly struct Folding(Pointwise layer, FeatureMap source, FeatureMap destination, Scratch scratch)
    {
        public void Run(int row, int worker)
        {
            Span<float> folded = scratch.First(worker, 2 * source.Stride);
            FoldRow(source, row, folded);
            layer.Run(folded, destination.Row(row), destination.Width);
        }
    }

    /// <summary>What the threads share that unfold.</summary>
    readonly struct Unfolding(Pointwise[] halves, FeatureMap source, FeatureMap destination, PointwiseActivation activation)
    {
        public void Run(int row)
        {
            halves[0].Run(source.Row(row), destination.Row(2 * row), source.Width, activation);
            halves[1].Run(source.Row(row), destination.Row(2 * row + 1), source.Width, activation);
        }
    }

    static void FoldRow(FeatureMap source, int row, Span<float> destination)
    {
        int pair = 2 * source.Channels;
        ReadOnlySpan<float> upper = source.Row(2 * row);
        ReadOnlySpan<float> lower = source.Row(2 * row + 1);
        for (int position = 0; position < source.Width / 2; position++)
        {
            upper.Slice(position * pair, pair).CopyTo(destination[(2 * position * pair)..]);
            lower.Slice(position * pair, pair).CopyTo(destination[((2 * position + 1) * pair)..]);
        }
    }
}
