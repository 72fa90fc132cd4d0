using Lacuna.Codecs.Images.Model;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Turns a region's latents into bytes.</summary>
/// <remarks>docs/format.md, sections 3 and 5. Used for one region after another; its memory is used again.</remarks>
/// <param name="workers">Workers of the largest pool that will share rows.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class RegionEncoder(int workers, BufferAllocator? allocator = null) : IDisposable
{
    readonly RegionNetwork network = new(workers, allocator);
    readonly HyperAnalysis hyperAnalysis = new(workers, allocator);
    readonly FeatureMap local = new(allocator);
    readonly AlignedBuffer<byte> tables = new(0, allocator);
    readonly AlignedBuffer<short> symbols = new(0, allocator);
    readonly AlignedBuffer<byte> passTables = new(0, allocator);
    readonly AlignedBuffer<short> passSymbols = new(0, allocator);
    readonly AlignedBuffer<byte> payload = new(0, allocator);

    /// <summary>Encodes a region.</summary>
    /// <param name="level">The stream's level.</param>
    /// <param name="trade">What a bit is worth.</param>
    /// <param name="pool">Shares the rows.</param>
    /// <param name="region">Where it lies.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192], rows and columns rounded up to multiples of 4.</param>
    /// <param name="estimatedBits">Receives the entropy model's estimate.</param>
    /// <returns>The entropy-coded symbols, good until the next call.</returns>
    public ReadOnlySpan<byte> Encode(
        LevelParameters level, float trade, WorkerPool pool, Region region, FeatureMap latents, out double estimatedBits)
    {
        tables.Reserve(region.Symbols);
        symbols.Reserve(region.Symbols);
        passTables.Reserve(region.SymbolsOfPass);
        passSymbols.Reserve(region.SymbolsOfPass);
        network.Use(level, pool);
        TakeLocal(region, latents);
        QuantizeHyperLatents(level, pool, region);
        for (int pass = 0; pass < ImageModel.Groups; pass++)
        {
            network.Predict(pass);
            network.ChooseTables(pass, passTables);
            network.Quantize(pass, passTables, trade, local, passSymbols);
            network.Enter(pass, passSymbols);
            int first = region.HyperSymbols + pass * region.SymbolsOfPass;
            passTables.Span[..region.SymbolsOfPass].CopyTo(tables.Span[first..]);
            passSymbols.Span[..region.SymbolsOfPass].CopyTo(symbols.Span[first..]);
        }

        ReadOnlySpan<byte> chosen = tables.Span[..region.Symbols];
        ReadOnlySpan<short> coded = symbols.Span[..region.Symbols];
        estimatedBits = TableSet.Gaussian.EstimateBits(chosen, coded);
        payload.Reserve(checked((int)IndexedRansEncoder.MaxEncodedBytes(coded.Length)));
        IndexedRansEncoder.Encode(TableSet.Gaussian, chosen, coded, payload.Span, out int written);
        return payload.Span[..written];
    }

    void TakeLocal(Region region, FeatureMap latents)
    {
        local.Reshape(4 * region.HyperHeight, 4 * region.HyperWidth, ImageModel.Latents);
        for (int row = 0; row < local.Height; row++)
        {
            latents.Row(region.Row + row).Slice(region.Column * ImageModel.Latents, local.Stride).CopyTo(local.Row(row));
        }
    }

    void QuantizeHyperLatents(LevelParameters level, WorkerPool pool, Region region)
    {
        network.Shape(region);
        hyperAnalysis.Run(level.Model.HyperAnalysis, pool, local, network.HyperLatents);
        Span<float> values = network.HyperLatents.Values;
        Span<byte> chosen = tables.Span;
        Span<short> coded = symbols.Span;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % ImageModel.HyperLatents;
            float mean = level.Model.HyperMean[channel];
            chosen[i] = level.HyperTables[channel];
            coded[i] = Quantizer.Symbol(values[i], mean, level.HyperGain[channel]);
            values[i] = Quantizer.Value(coded[i], mean, level.HyperStep[channel]);
        }

        network.Begin(region);
    }

    public void Dispose()
    {
        network.Dispose();
        hyperAnalysis.Dispose();
        local.Dispose();
        tables.Dispose();
        symbols.Dispose();
        passTables.Dispose();
        passSymbols.Dispose();
        payload.Dispose();
    }
}
