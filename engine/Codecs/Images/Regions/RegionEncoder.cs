using Lacuna.Codecs.Images.Model;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Turns a region's latents into bytes.</summary>
/// <remarks>docs/format.md, sections 3 and 5. Used for one region after another; its memory is used again.</remarks>
sealed class RegionEncoder(LevelParameters level, float trade, WorkerPool pool) : IDisposable
{
    readonly RegionNetwork network = new(level, pool);
    readonly HyperAnalysis hyperAnalysis = new(level.Model.HyperAnalysis, pool);
    readonly FeatureMap local = new();
    byte[] tables = [];
    short[] symbols = [];
    byte[] passTables = [];
    short[] passSymbols = [];

    /// <summary>Encodes a region.</summary>
    /// <param name="region">Where it lies.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192], rows and columns rounded up to multiples of 4.</param>
    /// <returns>The entropy-coded symbols, and the entropy model's estimate of their bits.</returns>
    public (byte[] Payload, double EstimatedBits) Encode(Region region, FeatureMap latents)
    {
        if (symbols.Length < region.Symbols)
        {
            (tables, symbols) = (new byte[region.Symbols], new short[region.Symbols]);
        }

        if (passSymbols.Length < region.SymbolsOfPass)
        {
            (passTables, passSymbols) = (new byte[region.SymbolsOfPass], new short[region.SymbolsOfPass]);
        }

        TakeLocal(region, latents);
        QuantizeHyperLatents(region);
        for (int pass = 0; pass < ImageModel.Groups; pass++)
        {
            network.Predict(pass);
            network.ChooseTables(pass, passTables);
            network.Quantize(pass, passTables, trade, local, passSymbols);
            network.Enter(pass, passSymbols);
            int first = region.HyperSymbols + pass * region.SymbolsOfPass;
            passTables.AsSpan(0, region.SymbolsOfPass).CopyTo(tables.AsSpan(first));
            passSymbols.AsSpan(0, region.SymbolsOfPass).CopyTo(symbols.AsSpan(first));
        }

        ReadOnlySpan<byte> chosen = tables.AsSpan(0, region.Symbols);
        ReadOnlySpan<short> coded = symbols.AsSpan(0, region.Symbols);
        double bits = TableSet.Gaussian.EstimateBits(chosen, coded);
        var payload = new byte[checked((int)IndexedRansEncoder.MaxEncodedBytes(coded.Length))];
        IndexedRansEncoder.Encode(TableSet.Gaussian, chosen, coded, payload, out int written);
        return (payload[..written], bits);
    }

    void TakeLocal(Region region, FeatureMap latents)
    {
        local.Reshape(4 * region.HyperHeight, 4 * region.HyperWidth, ImageModel.Latents);
        for (int row = 0; row < local.Height; row++)
        {
            latents.Row(region.Row + row).Slice(region.Column * ImageModel.Latents, local.Stride).CopyTo(local.Row(row));
        }
    }

    void QuantizeHyperLatents(Region region)
    {
        network.Shape(region);
        hyperAnalysis.Run(local, network.HyperLatents);
        Span<float> values = network.HyperLatents.Values;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % ImageModel.HyperLatents;
            float mean = level.Model.HyperMean[channel];
            tables[i] = level.HyperTables[channel];
            symbols[i] = Quantizer.Symbol(values[i], mean, level.HyperGain[channel]);
            values[i] = Quantizer.Value(symbols[i], mean, level.HyperStep[channel]);
        }

        network.Begin(region);
    }

    public void Dispose()
    {
        network.Dispose();
        hyperAnalysis.Dispose();
        local.Dispose();
    }
}
