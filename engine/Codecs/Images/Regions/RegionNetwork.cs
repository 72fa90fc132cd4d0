using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>
/// What encoder and decoder both work out for a region: features from hyper-latents, parameters of each pass, known latents.
/// </summary>
/// <remarks>docs/format.md, sections 5.4 and 5.5. Used for one region after another; its memory is used again.</remarks>
/// <param name="workers">Workers of the largest pool that will share rows.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class RegionNetwork(int workers, BufferAllocator? allocator) : IDisposable
{
    const int JointChannels = ImageModel.Features + ImageModel.Latents;
    const int ParameterChannels = 2 * ImageModel.GroupSize;

    readonly Scratch scratch = new(workers, allocator);
    readonly FeatureMap small = new(allocator);
    readonly FeatureMap large = new(allocator);
    readonly FeatureMap joint = new(allocator);
    readonly FeatureMap entered = new(allocator);
    readonly FeatureMap mixed = new(allocator);
    LevelParameters level = null!;
    WorkerPool pool = WorkerPool.Alone;

    /// <summary>Parameters of the current pass in the order of its symbols, [height, width, 48 means then 48 log-scales].</summary>
    public FeatureMap Parameters { get; } = new(allocator);

    /// <summary>Values of the hyper-latents, [hyper-height, hyper-width, 64]; the caller fills them before <see cref="Begin"/>.</summary>
    public FeatureMap HyperLatents { get; } = new(allocator);

    /// <summary>Sets the level and who shares the rows, from here on.</summary>
    public void Use(LevelParameters parameters, WorkerPool rows) => (level, pool) = (parameters, rows);

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
        pool.For(source.Height, new Work(this) { Pass = pass, Source = source, Layers = layers }, static (work, row, _) =>
            PredictRow(work.Layers!, work.Source!, work.Network.Parameters, work.Pass, row));
    }

    static void PredictRow(ContextLayers layers, FeatureMap source, FeatureMap parameters, int pass, int row)
    {
        for (int side = 0; side < Math.Min(2, source.Width); side++)
        {
            layers.Leave[Region.GroupOf(pass, row, side)].Run(
                source.Row(row)[(side * source.Channels)..], 2 * source.Channels,
                parameters.Row(row)[(side * ParameterChannels)..], 2 * ParameterChannels,
                (source.Width - side + 1) / 2);
        }
    }

    /// <summary>The known latents of a position, [192].</summary>
    public Span<float> Known(int row, int column) =>
        joint.Row(row).Slice(column * JointChannels + ImageModel.Features, ImageModel.Latents);

    /// <summary>Finds the scale table of each symbol of a pass.</summary>
    /// <param name="pass">The pass; <see cref="Predict"/> has run.</param>
    /// <param name="tables">Receives them in the order of the symbols.</param>
    public void ChooseTables(int pass, AlignedBuffer<byte> tables) =>
        pool.For(Parameters.Height, new Work(this) { Pass = pass, Tables = tables }, static (work, row, _) =>
            work.Network.ChooseRow(work.Pass, row, work.Tables!.Span));

    /// <summary>Enters the latents that a pass's symbols stand for.</summary>
    public void Enter(int pass, AlignedBuffer<short> symbols) =>
        pool.For(Parameters.Height, new Work(this) { Pass = pass, Symbols = symbols }, static (work, row, _) =>
            work.Network.EnterRow(work.Pass, row, work.Symbols!.Span));

    /// <summary>Quantises a pass's latents.</summary>
    /// <param name="pass">The pass; <see cref="Predict"/> has run.</param>
    /// <param name="tables">The scale table of each symbol.</param>
    /// <param name="trade">What a bit is worth: <see cref="Quantizer.Symbol(float, float, float, int, float)"/>.</param>
    /// <param name="latents">The region's latents, [height or more, width or more, 192].</param>
    /// <param name="symbols">Receives the symbols in their order.</param>
    public void Quantize(int pass, AlignedBuffer<byte> tables, float trade, FeatureMap latents, AlignedBuffer<short> symbols)
    {
        var work = new Work(this) { Pass = pass, Tables = tables, Trade = trade, Source = latents, Symbols = symbols };
        pool.For(Parameters.Height, work, static (work, row, _) => work.Network.QuantizeRow(
            work.Pass, row, work.Tables!.Span, work.Trade, work.Source!.Row(row), work.Symbols!.Span));
    }

    void ChooseRow(int pass, int row, Span<byte> tables)
    {
        for (int column = 0; column < Parameters.Width; column++)
        {
            Place place = At(pass, row, column);
            ReadOnlySpan<float> gains = level.LogGain.AsSpan(place.Channel, ImageModel.GroupSize);
            ReadOnlySpan<float> scales = ParametersAt(place)[ImageModel.GroupSize..];
            Span<byte> chosen = tables.Slice(place.Symbol, ImageModel.GroupSize);
            for (int i = 0; i < chosen.Length; i++)
            {
                chosen[i] = LevelParameters.ScaleTable(scales[i] + gains[i]);
            }
        }
    }

    void EnterRow(int pass, int row, ReadOnlySpan<short> symbols)
    {
        for (int column = 0; column < Parameters.Width; column++)
        {
            Place place = At(pass, row, column);
            ReadOnlySpan<float> means = ParametersAt(place)[..ImageModel.GroupSize];
            ReadOnlySpan<float> steps = level.Step.AsSpan(place.Channel, ImageModel.GroupSize);
            ReadOnlySpan<short> coded = symbols.Slice(place.Symbol, ImageModel.GroupSize);
            Span<float> known = Known(row, column).Slice(place.Channel, ImageModel.GroupSize);
            for (int i = 0; i < coded.Length; i++)
            {
                known[i] = Quantizer.Value(coded[i], means[i], steps[i]);
            }
        }
    }

    void QuantizeRow(
        int pass, int row, ReadOnlySpan<byte> tables, float trade, ReadOnlySpan<float> latents, Span<short> symbols)
    {
        for (int column = 0; column < Parameters.Width; column++)
        {
            Place place = At(pass, row, column);
            ReadOnlySpan<float> means = ParametersAt(place)[..ImageModel.GroupSize];
            ReadOnlySpan<float> values = latents.Slice(column * ImageModel.Latents + place.Channel, ImageModel.GroupSize);
            ReadOnlySpan<float> gains = level.Gain.AsSpan(place.Channel, ImageModel.GroupSize);
            ReadOnlySpan<byte> scales = tables.Slice(place.Symbol, ImageModel.GroupSize);
            Span<short> chosen = symbols.Slice(place.Symbol, ImageModel.GroupSize);
            for (int i = 0; i < chosen.Length; i++)
            {
                chosen[i] = Quantizer.Symbol(values[i], means[i], gains[i], scales[i], trade);
            }
        }
    }

    Place At(int pass, int row, int column)
    {
        int position = row * Parameters.Width + column;
        return new Place(position, Region.GroupOf(pass, row, column) * ImageModel.GroupSize, position * ImageModel.GroupSize);
    }

    ReadOnlySpan<float> ParametersAt(Place place) => Parameters.Values.Slice(place.Position * ParameterChannels, ParameterChannels);

    /// <summary>What a pass codes at a position: the first of 48 channels, and the first of their symbols.</summary>
    readonly record struct Place(int Position, int Channel, int Symbol);

    /// <summary>What the threads of a loop share; each loop sets what it needs.</summary>
    struct Work(RegionNetwork network)
    {
        public readonly RegionNetwork Network = network;
        public int Pass;
        public int BandRows;
        public float Trade;
        public ContextLayers? Layers;
        public Pointwise? Enter;
        public FeatureMap? Source;
        public AlignedBuffer<byte>? Tables;
        public AlignedBuffer<short>? Symbols;
    }

    FeatureMap Mix(ContextLayers layers, Pointwise enter)
    {
        entered.Reshape(joint.Height, joint.Width, enter.Outputs);
        mixed.Reshape(joint.Height, joint.Width, enter.Outputs);
        int rows = Scratch.BandRows(joint.Width);
        int bands = (joint.Height + rows - 1) / rows;
        var work = new Work(this) { Enter = enter, Layers = layers, BandRows = rows };
        pool.For(bands, work, static (work, band, _) => work.Network.EnterBand(work.Enter!, band * work.BandRows, work.BandRows));
        pool.For(bands, work, static (work, band, worker) =>
            work.Network.MixBand(work.Layers!, band * work.BandRows, work.BandRows, worker));
        return mixed;
    }

    void EnterBand(Pointwise layer, int first, int rows)
    {
        int count = Math.Min(rows, joint.Height - first);
        layer.Run(joint.Rows(first, count), entered.Rows(first, count), count * joint.Width, PointwiseActivation.Leaky);
    }

    void MixBand(ContextLayers layers, int first, int rows, int worker)
    {
        int count = Math.Min(rows, joint.Height - first);
        Span<float> near = scratch.First(worker, count * entered.Stride);
        layers.Depthwise!.Run(entered, first, count, near);
        layers.Mix!.Run(near, mixed.Rows(first, count), count * joint.Width, PointwiseActivation.Leaky);
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
