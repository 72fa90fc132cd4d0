using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Networks;

/// <summary>Mixes neighbours, then channels, each as an addition to its input.</summary>
/// <remarks>Arithmetic: docs/format.md, section 5.1, "Block". Rows are worked in bands small enough for a core's own cache.</remarks>
/// <param name="mixIn">Pointwise, in front of the depthwise convolution.</param>
/// <param name="depthwise">3x3.</param>
/// <param name="mixOut">Pointwise, behind it.</param>
/// <param name="expand">Pointwise, to the wide middle.</param>
/// <param name="reduce">Pointwise, back from it.</param>
public sealed class ResidualBlock(Pointwise mixIn, Depthwise depthwise, Pointwise mixOut, Pointwise expand, Pointwise reduce)
{
    readonly Pointwise mixIn = mixIn;
    readonly Depthwise depthwise = depthwise;
    readonly Pointwise mixOut = mixOut;
    readonly Pointwise expand = expand;
    readonly Pointwise reduce = reduce;

    /// <summary>Replaces <paramref name="x"/> by the block's result.</summary>
    /// <param name="x">The map; its channels are the block's.</param>
    /// <param name="scratch">Memory to work in.</param>
    /// <param name="pool">Shares the bands of rows.</param>
    public void Run(FeatureMap x, Scratch scratch, WorkerPool pool)
    {
        FeatureMap mixed = scratch.Mixed;
        mixed.Reshape(x.Height, x.Width, x.Channels);
        int rows = Scratch.BandRows(x.Width);
        int bands = (x.Height + rows - 1) / rows;

        var work = new Work(this, x, mixed, scratch, rows);
        pool.For(bands, work, static (work, band, _) => work.MixIn(band));
        pool.For(bands, work, static (work, band, worker) => work.Finish(band, worker));
    }

    /// <summary>What the threads of a block share.</summary>
    readonly struct Work(ResidualBlock block, FeatureMap x, FeatureMap mixed, Scratch scratch, int bandRows)
    {
        public void MixIn(int band)
        {
            int first = band * bandRows, count = Math.Min(bandRows, x.Height - first);
            block.mixIn.Run(x.Rows(first, count), mixed.Rows(first, count), count * x.Width, PointwiseActivation.Leaky);
        }

        public void Finish(int band, int worker)
        {
            int first = band * bandRows, count = Math.Min(bandRows, x.Height - first);
            int positions = count * x.Width;
            Span<float> near = scratch.First(worker, positions * x.Channels);
            Span<float> wide = scratch.Second(worker, positions * block.expand.Outputs);
            Span<float> sum = x.Rows(first, count);
            block.depthwise.Run(mixed, first, count, near);
            block.mixOut.Add(near, sum, positions);
            block.expand.Run(sum, wide, positions, PointwiseActivation.Leaky);
            block.reduce.Add(wide, sum, positions);
        }
    }
}
