using System.Buffers;
using Lacuna.Codecs.Images.Model;
using Lacuna.Entropy;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Turns a region's bytes back into latents.</summary>
/// <remarks>docs/format.md, sections 3 and 5. Used for one region after another; its memory is used again.</remarks>
sealed class RegionDecoder(LevelParameters level, WorkerPool pool) : IDisposable
{
    readonly RegionNetwork network = new(level, pool);
    byte[] tables = [];
    short[] symbols = [];

    /// <summary>Decodes a region.</summary>
    /// <param name="region">Where it lies.</param>
    /// <param name="payload">Its entropy-coded symbols, whole.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192]; the region's part is written.</param>
    /// <returns>Whether the payload is valid; if not, the region's latents are unspecified.</returns>
    public bool TryDecode(Region region, ReadOnlySpan<byte> payload, FeatureMap latents)
    {
        int longest = Math.Max(region.HyperSymbols, region.SymbolsOfPass);
        if (tables.Length < longest)
        {
            (tables, symbols) = (new byte[longest], new short[longest]);
        }

        var decoder = new IndexedRansDecoder(TableSet.Gaussian, payload, region.Symbols);
        return TryDecodeHyperLatents(region, ref decoder)
            && TryDecodeLatents(region, ref decoder)
            && decoder.Finish() == OperationStatus.Done
            && Place(region, latents);
    }

    bool TryDecodeHyperLatents(Region region, ref IndexedRansDecoder decoder)
    {
        const int channels = ImageModel.HyperLatents;
        network.Shape(region);
        for (int i = 0; i < region.HyperSymbols; i += channels)
        {
            level.HyperTables.CopyTo(tables, i);
        }

        if (decoder.Decode(tables.AsSpan(0, region.HyperSymbols), symbols.AsSpan(0, region.HyperSymbols)) != OperationStatus.Done)
        {
            return false;
        }

        Span<float> values = network.HyperLatents.Values;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % channels;
            values[i] = Quantizer.Value(symbols[i], level.Model.HyperMean[channel], level.HyperStep[channel]);
        }

        network.Begin(region);
        return true;
    }

    bool TryDecodeLatents(Region region, ref IndexedRansDecoder decoder)
    {
        for (int pass = 0; pass < ImageModel.Groups; pass++)
        {
            network.Predict(pass);
            network.ChooseTables(pass, tables);
            int count = region.SymbolsOfPass;
            if (decoder.Decode(tables.AsSpan(0, count), symbols.AsSpan(0, count)) != OperationStatus.Done)
            {
                return false;
            }

            network.Enter(pass, symbols);
        }

        return true;
    }

    bool Place(Region region, FeatureMap latents)
    {
        for (int row = 0; row < region.Height; row++)
        {
            Span<float> target = latents.Row(region.Row + row)[(region.Column * ImageModel.Latents)..];
            for (int column = 0; column < region.Width; column++)
            {
                network.Known(row, column).CopyTo(target[(column * ImageModel.Latents)..]);
            }
        }

        return true;
    }

    public void Dispose() => network.Dispose();
}
