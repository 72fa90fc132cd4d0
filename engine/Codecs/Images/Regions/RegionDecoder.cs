using System.Buffers;
using Lacuna.Codecs.Images.Model;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images.Regions;

/// <summary>Turns a region's bytes back into latents.</summary>
/// <remarks>docs/format.md, sections 3 and 5. Used for one region after another; its memory is used again.</remarks>
/// <param name="workers">Workers of the largest pool that will share rows.</param>
/// <param name="allocator">Gives the memory; null: the system.</param>
sealed class RegionDecoder(int workers, BufferAllocator? allocator = null) : IDisposable
{
    readonly RegionNetwork network = new(workers, allocator);
    readonly AlignedBuffer<byte> tables = new(0, allocator);
    readonly AlignedBuffer<short> symbols = new(0, allocator);

    /// <summary>Decodes a region.</summary>
    /// <param name="level">The stream's level.</param>
    /// <param name="pool">Shares the rows.</param>
    /// <param name="region">Where it lies.</param>
    /// <param name="payload">Its entropy-coded symbols, whole.</param>
    /// <param name="latents">The picture's latents, [rows, columns, 192]; the region's part is written.</param>
    /// <returns>Whether the payload is valid; if not, the region's latents are unspecified.</returns>
    public bool TryDecode(LevelParameters level, WorkerPool pool, Region region, ReadOnlySpan<byte> payload, FeatureMap latents)
    {
        int longest = Math.Max(region.HyperSymbols, region.SymbolsOfPass);
        tables.Reserve(longest);
        symbols.Reserve(longest);
        network.Use(level, pool);
        var decoder = new IndexedRansDecoder(TableSet.Gaussian, payload, region.Symbols);
        return TryDecodeHyperLatents(level, region, ref decoder)
            && TryDecodeLatents(region, ref decoder)
            && decoder.Finish() == OperationStatus.Done
            && Place(region, latents);
    }

    bool TryDecodeHyperLatents(LevelParameters level, Region region, ref IndexedRansDecoder decoder)
    {
        const int channels = ImageModel.HyperLatents;
        network.Shape(region);
        for (int i = 0; i < region.HyperSymbols; i += channels)
        {
            level.HyperTables.CopyTo(tables.Span[i..]);
        }

        if (decoder.Decode(tables.Span[..region.HyperSymbols], symbols.Span[..region.HyperSymbols]) != OperationStatus.Done)
        {
            return false;
        }

        ReadOnlySpan<short> coded = symbols.Span;
        Span<float> values = network.HyperLatents.Values;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % channels;
            values[i] = Quantizer.Value(coded[i], level.Model.HyperMean[channel], level.HyperStep[channel]);
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
            if (decoder.Decode(tables.Span[..count], symbols.Span[..count]) != OperationStatus.Done)
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

    public void Dispose()
    {
        network.Dispose();
        tables.Dispose();
        symbols.Dispose();
    }
}
