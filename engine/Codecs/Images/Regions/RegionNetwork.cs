using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>
/// What encoder and decoder both work out for a region: features from hyper-latents, parameters of each pass, known latents.
/// </summary>
/// <remarks>docs/format.md, sections 5.4 and 5.5. Used for one region after another; its memory is used again.</remarks>
sealed class RegionNetwork(LevelParameters level, WorkerPool pool) : IDisposable
{
    const int JointChannels = ImageModel.Features + ImageModel.Latents;
    const int ParameterChannels = 2 * ImageModel.GroupSize;

    readonly Scratch scratch = new(pool.Workers);
    readonly FeatureMap small = new();
    readonly FeatureMap large = new();
    readonly FeatureMap joint = new();
    readonly FeatureMap entered = new();
    readonly FeatureMap mixed = new();

    public LevelParameters Level => level;

    /// <summary>Parameters of the current pass in the order of its symbols, [height, width, 48 means then 48 log-scales].</summary>
    public FeatureMap Parameters { get; } = new();

    /// <summary>Values of the hyper-latents, [hyper-height, hyper-width, 64]; the caller fills them before <see cref="Begin"/>.</summary>
    public FeatureMap HyperLatents { get; } = new();

    /// <summary>Gives the maps the region's shape.</summary>
    public void Shape(Region region) => HyperLatents.Reshape(region.HyperHeight, region.HyperWidth, ImageModel.HyperLatents);

    /// <summary>Works out the features and forgets all latents.</summary>
    public void Begin(Region region)
    {
        HyperSynthesisLayers layers = level.Model.HyperSynthesis;
        Shuffle.Unfold(layers.Enter, HyperLatents, small, PointwiseActivation.None, pool);
        layers.Block.Run(small, scratch, pool);
        Shuffle.Unfold(level.HyperUp, small, large, PointwiseActivation.Leaky, pool);

        FeatureMap features = small;
        features.Reshape(region.Height, region.Width, ImageModel.Features);
        for (int row = 0; row < region.Height; row++)
        {
            large.Row(row)[..features.Stride].CopyTo(features.Row(row));
        }

        layers.Leave.Run(features, scratch, pool);
        joint.Reshape(region.Height, region.Width, JointChannels);
        Span<float> target = joint.Values;
        target.Clear();
        for (int position = 0; position < region.Height * region.Width; position++)
        {
            features.Values.Slice(position * ImageModel.Features, ImageModel.Features).CopyTo(target[(position * JointChannels)..]);
        }

        Parameters.Reshape(region.Height, region.Width, ParameterChannels);
    }

    /// <summary>Works out <see cref="Parameters"/> of a pass from the features and the latents known so far.</summary>
    public void Predict(int pass)
    {
        ContextLayers layers = level.Model.Contexts[pass];
        FeatureMap source = pass == 0 ? small : Mix(layers, level.ContextEnter[pass]!);
        pool.For(source.Height, (row, _) =>
        {
            for (int side = 0; side < Math.Min(2, source.Width); side++)
            {
                layers.Leave[Region.GroupOf(pass, row, side)].Run(
                    source.Row(row)[(side * source.Channels)..], 2 * source.Channels,
                    Parameters.Row(row)[(side * ParameterChannels)..], 2 * ParameterChannels,
                    (source.Width - side + 1) / 2);
            }
        });
    }

    /// <summary>The known latents of a position, [192].</summary>
    public Span<float> Known(int row, int column) =>
        joint.Row(row).Slice(column * JointChannels + ImageModel.Features, ImageModel.Latents);

    /// <summary>The scale table of each symbol of a pass.</summary>
    public void ChooseTables(int pass, byte[] tables) => EachPosition(pass, (group, parameters, _, first) =>
    {
        ReadOnlySpan<float> gains = level.LogGain.AsSpan(group * ImageModel.GroupSize, ImageModel.GroupSize);
        ReadOnlySpan<float> scales = parameters[ImageModel.GroupSize..];
        Span<byte> chosen = tables.AsSpan(first, ImageModel.GroupSize);
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = LevelParameters.ScaleTable(scales[i] + gains[i]);
        }
    });

    /// <summary>Enters the latents that a pass's symbols stand for.</summary>
    public void Enter(int pass, short[] symbols) => EachPosition(pass, (group, parameters, known, first) =>
    {
        ReadOnlySpan<float> steps = level.Step.AsSpan(group * ImageModel.GroupSize, ImageModel.GroupSize);
        ReadOnlySpan<short> coded = symbols.AsSpan(first, ImageModel.GroupSize);
        for (int i = 0; i < coded.Length; i++)
        {
            known[i] = Quantizer.Value(coded[i], parameters[i], steps[i]);
        }
    });

    /// <summary>Quantises a pass's latents.</summary>
    /// <param name="pass">The pass; <see cref="Predict"/> has run.</param>
    /// <param name="tables">The scale table of each symbol.</param>
    /// <param name="trade">What a bit is worth: <see cref="Quantizer.Symbol(float, float, float, int, float)"/>.</param>
    /// <param name="latents">The region's latents, [height or more, width or more, 192].</param>
    /// <param name="symbols">Receives the symbols in their order.</param>
    public void Quantize(int pass, byte[] tables, float trade, FeatureMap latents, short[] symbols) => EachRow(row =>
    {
        for (int column = 0; column < Parameters.Width; column++)
        {
            int group = Region.GroupOf(pass, row, column), channel = group * ImageModel.GroupSize;
            int position = row * Parameters.Width + column;
            ReadOnlySpan<float> means = Parameters.Values.Slice(position * ParameterChannels, ImageModel.GroupSize);
            ReadOnlySpan<float> values = latents.Row(row).Slice(column * ImageModel.Latents + channel, ImageModel.GroupSize);
            ReadOnlySpan<float> gains = level.Gain.AsSpan(channel, ImageModel.GroupSize);
            ReadOnlySpan<byte> scales = tables.AsSpan(position * ImageModel.GroupSize, ImageModel.GroupSize);
            Span<short> chosen = symbols.AsSpan(position * ImageModel.GroupSize, ImageModel.GroupSize);
            for (int i = 0; i < chosen.Length; i++)
            {
                chosen[i] = Quantizer.Symbol(values[i], means[i], gains[i], scales[i], trade);
            }
        }
    });

    delegate void PositionWork(int group, ReadOnlySpan<float> parameters, Span<float> known, int firstSymbol);

    /// <summary>Calls for each position with its group, its 96 parameters, the 48 latents of the group and its first symbol.</summary>
    void EachPosition(int pass, PositionWork work) => EachRow(row =>
    {
        for (int column = 0; column < Parameters.Width; column++)
        {
            int group = Region.GroupOf(pass, row, column);
            int position = row * Parameters.Width + column;
            work(
                group,
                Parameters.Values.Slice(position * ParameterChannels, ParameterChannels),
                Known(row, column).Slice(group * ImageModel.GroupSize, ImageModel.GroupSize),
                position * ImageModel.GroupSize);
        }
    });

    void EachRow(Action<int> work) => pool.For(Parameters.Height, (row, _) => work(row));

    FeatureMap Mix(ContextLayers layers, Pointwise enter)
    {
        entered.Reshape(joint.Height, joint.Width, enter.Outputs);
        mixed.Reshape(joint.Height, joint.Width, enter.Outputs);
        int rows = Scratch.BandRows(joint.Width);
        int bands = (joint.Height + rows - 1) / rows;
        pool.For(bands, (band, _) =>
        {
            int first = band * rows, count = Math.Min(rows, joint.Height - first);
            enter.Run(joint.Rows(first, count), entered.Rows(first, count), count * joint.Width, PointwiseActivation.Leaky);
        });
        pool.For(bands, (band, worker) =>
        {
            int first = band * rows, count = Math.Min(rows, joint.Height - first);
            Span<float> near = scratch.First(worker, count * entered.Stride);
            layers.Depthwise!.Run(entered, first, count, near);
            layers.Mix!.Run(near, mixed.Rows(first, count), count * joint.Width, PointwiseActivation.Leaky);
        });
        return mixed;
    }

    public void Dispose()
    {
        foreach (FeatureMap map in new[] { small, large, joint, entered, mixed, Parameters, HyperLatents })
        {
            map.Dispose();
        }

        scratch.Dispose();
    }
}
