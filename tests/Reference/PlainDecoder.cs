using System.Security.Cryptography;
using Lacuna.Codecs;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Reference;

/// <summary>
/// A second decoder, written from docs/format.md alone and sharing no code with the engine: slow, plain, and what the document means.
/// </summary>
static class PlainDecoder
{
    const int RegionSide = 64;
    const int Latents = 192;

    static readonly byte[] ModelFile = File.ReadAllBytes(Path.Combine(Repository.Root, "models", "image.safetensors"));
    static readonly ulong ModelHash = BitConverter.ToUInt64(SHA256.HashData(ModelFile));
    static readonly Lazy<Weights> Model = new(() => Weights.Load(ModelFile));

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="InvalidDataException">The stream breaks a rule of the document, or has more pixels than the limit.</exception>
    public static Picture Decode(byte[] bytes, long maxPixels = 1 << 20)
    {
        PlainStream stream = PlainStream.Read(bytes);
        PlainFault.Unless(stream.Model == ModelHash, "model");
        PlainFault.Unless((long)stream.Width * stream.Height <= maxPixels, "limit");
        var level = new PlainLevel(Model.Value, stream.Level);
        Map samples = Synthesize(level, Join(stream, level));
        byte[]? alpha = stream.Alpha is { } plane ? PlainPlane.Decode(plane, stream.Width, stream.Height) : null;
        return ToPicture(stream, samples, alpha);
    }

    /// <summary>All regions' latents side by side.</summary>
    static Map Join(PlainStream stream, PlainLevel level)
    {
        var latents = new Map(stream.Rows, stream.Columns, Latents);
        for (int index = 0; index < stream.RegionCount; index++)
        {
            int top = index / stream.RegionColumns * RegionSide, left = index % stream.RegionColumns * RegionSide;
            int height = Math.Min(RegionSide, stream.Rows - top), width = Math.Min(RegionSide, stream.Columns - left);
            Map region = new PlainRegion(level, height, width).Decode(stream.Regions[index]);
            for (int row = 0; row < height; row++)
            {
                region.Values.AsSpan(row * width * Latents, width * Latents)
                    .CopyTo(latents.Values.AsSpan(((top + row) * stream.Columns + left) * Latents));
            }
        }

        return latents;
    }

    /// <summary>Section 6, up to the samples before rounding.</summary>
    static Map Synthesize(PlainLevel level, Map latents)
    {
        float[] addend = level.Weights.At("synthesis.quality_low", level.Level);
        var x = new Map(latents.Height, latents.Width, Latents)
        {
            Values = [.. latents.Values.Select((value, i) => value + addend[i % Latents])],
        };
        x = level.Weights.Block("synthesis.low", x);
        x = PlainLayers.Shuffle(level.Weights.Pointwise("synthesis.up", x, "synthesis.quality_high", level.Level), 2);
        for (int block = 0; block < 3; block++)
        {
            x = level.Weights.Block($"synthesis.high.{block}", x);
        }

        return PlainLayers.Shuffle(level.Weights.Pointwise("synthesis.leave", x), 8);
    }

    static Picture ToPicture(PlainStream stream, Map samples, byte[]? alpha)
    {
        var pixels = new List<byte>();
        for (int i = 0; i < stream.Width * stream.Height; i++)
        {
            (int row, int column) = (i / stream.Width, i % stream.Width);
            byte[] colour = [.. Enumerable.Range(0, 3).Select(channel => Sample(samples[row, column, channel]))];
            pixels.AddRange(stream.Layout <= 2 ? [(byte)((colour[0] + colour[1] + colour[2] + 1) / 3)] : colour);
            if (alpha is not null)
            {
                pixels.Add(alpha[i]);
            }
        }

        return new Picture(stream.Width, stream.Height, (PixelLayout)stream.Layout, [.. pixels]);
    }

    static byte Sample(float x)
    {
        float t = x + 127.5f;
        return t > 0 ? (byte)MathF.Round(MathF.Min(t, 255), MidpointRounding.ToEven) : (byte)0;
    }
}
