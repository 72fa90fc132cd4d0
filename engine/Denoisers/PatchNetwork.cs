using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Tensors;
using Lacuna.Workers;

namespace Lacuna.Denoisers;

/// <summary>
/// The tiny denoiser's network: residual blocks at half resolution; a vector added in front of each tells the timestep.
/// </summary>
/// <remarks>
/// <code>
/// x = enter(unshuffle(sample))
/// for each block b:  x = block[b](x + times[b](timestep))      linear between the rows of a table
/// output = shuffle(leave(x))
/// </code>
/// Class: exact. Tensors: <c>enter</c>, <c>leave</c>, <c>block.N.{mix_in, depthwise, mix_out, expand, reduce}</c>, <c>times</c>; the
/// channels of (un)shuffled positions are ordered row, column, channel. Recipe: models/train/denoiser.py.
/// </remarks>
public sealed class PatchNetwork : IDisposable
{
    /// <summary>Channels of the samples: red, green, blue.</summary>
    public const int Colours = 3;

    const int Channels = 40;
    const int Blocks = 4;
    const int Rows = 17;
    const float RowsPerTimestep = (Rows - 1) / 1000f;

    readonly Pointwise enter;
    readonly ResidualBlock[] blocks;
    readonly Pointwise[] leave;
    readonly float[] times;
    readonly float[] time = new float[Channels];
    readonly FeatureMap picture = new(), features = new();
    readonly WorkerPool pool;
    readonly Scratch scratch;

    /// <summary>Reads the weights.</summary>
    /// <param name="file">A safetensors file, as models/denoiser.safetensors.</param>
    /// <param name="pool">Shares the rows; it stays the caller's, and must outlive the network.</param>
    /// <exception cref="InvalidDataException">The file is damaged, lacks a tensor, or has one of another shape.</exception>
    public unsafe PatchNetwork(ReadOnlySpan<byte> file, WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        this.pool = pool;
        scratch = new Scratch(pool.Workers);
        fixed (byte* first = file)
        {
            using var layers = new LayerReader(new TensorFile(first, file.Length));
            enter = layers.Pointwise("enter", 4 * Colours, Channels);
            blocks = Sequence.Of(Blocks, index => layers.Block($"block.{index}", Channels, 2));
            leave = layers.Halves("leave", Channels, Colours);
            times = layers.Table("times", Rows, Blocks * Channels);
        }
    }

    /// <summary>Runs the network on one sample.</summary>
    /// <param name="sample">[3, height, width].</param>
    /// <param name="height">Even, 2 or more.</param>
    /// <param name="width">Even, 2 or more.</param>
    /// <param name="timestep">0 to 1000; beyond, it counts as the nearer end.</param>
    /// <param name="output">Receives [3, height, width].</param>
    /// <exception cref="ArgumentException">A size is odd or below 2, or a span is not of that size.</exception>
    public void Run(ReadOnlySpan<float> sample, int height, int width, double timestep, Span<float> output)
    {
        CheckSize(height, width);
        long count = (long)Colours * height * width;
        if (sample.Length != count || output.Length != count)
        {
            throw new ArgumentException($"{sample.Length} values in and {output.Length} out; {count} are due.", nameof(sample));
        }

        ToPositions(sample, height, width);
        Shuffle.Fold(enter, picture, features, scratch, pool);
        for (int block = 0; block < Blocks; block++)
        {
            AddTime(block, timestep);
            blocks[block].Run(features, scratch, pool);
        }

        Shuffle.Unfold(leave, features, picture, PointwiseActivation.None, pool);
        ToPlanes(output);
    }

    /// <summary>Refuses sizes that cannot be halved.</summary>
    /// <exception cref="ArgumentException">A size is odd or below 2.</exception>
    public static void CheckSize(long height, long width)
    {
        if (height < 2 || width < 2 || height % 2 != 0 || width % 2 != 0)
        {
            throw new ArgumentException($"The height {height} and the width {width} must be even.", nameof(height));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        picture.Dispose();
        features.Dispose();
        scratch.Dispose();
    }

    void AddTime(int block, double timestep)
    {
        float place = (float)Math.Clamp(timestep, 0, 1000) * RowsPerTimestep;
        int row = Math.Min((int)place, Rows - 2);
        float share = place - row;
        ReadOnlySpan<float> low = times.AsSpan((row * Blocks + block) * Channels, Channels);
        ReadOnlySpan<float> high = times.AsSpan(((row + 1) * Blocks + block) * Channels, Channels);
        for (int channel = 0; channel < Channels; channel++)
        {
            time[channel] = MathF.FusedMultiplyAdd(share, high[channel] - low[channel], low[channel]);
        }

        Span<float> values = features.Values;
        for (int at = 0; at < values.Length; at += Channels)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                values[at + channel] += time[channel];
            }
        }
    }

    void ToPositions(ReadOnlySpan<float> sample, int height, int width)
    {
        picture.Reshape(height, width, Colours);
        Span<float> values = picture.Values;
        int plane = height * width;
        for (int at = 0; at < plane; at++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                values[at * Colours + colour] = sample[colour * plane + at];
            }
        }
    }

    void ToPlanes(Span<float> output)
    {
        ReadOnlySpan<float> values = picture.Values;
        int plane = picture.Height * picture.Width;
        for (int at = 0; at < plane; at++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                output[colour * plane + at] = values[at * Colours + colour];
            }
        }
    }
}
