using Lacuna.Bits;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Entropy;
using Lacuna.Networks;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>How to encode a picture.</summary>
public sealed record ImageEncoderOptions
{
    /// <summary>0 (smallest file) to 100 (best picture); continuous, carried in steps of 1/23.</summary>
    public double Quality { get; init; } = 50;

    /// <summary>Largest length of the stream in bytes: the encoder then takes the best quality that fits. Null: no bound.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the stream.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the share of the work done, 0 to 1, from the calling thread.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>What an encoder knows beside the stream.</summary>
/// <param name="EstimatedBits">Information of all symbols under the entropy model: what the regions take, but for a few bytes.</param>
/// <param name="RegionBytes">Bytes of the regions' entropy-coded symbols.</param>
/// <param name="Level">The quality level in 1/256.</param>
readonly record struct EncodeStatistics(double EstimatedBits, long RegionBytes, int Level);

/// <summary>Turns a picture into a stream.</summary>
/// <remarks>
/// Stream: docs/format.md. Class: exact: the same picture and options give the same bytes on every machine, at every ISA level and
/// with any number of threads. Grey pictures are coded as colour ones with equal channels; alpha is kept without loss.
/// </remarks>
public static class ImageEncoder
{
    /// <summary>Encodes a picture.</summary>
    /// <param name="picture">The picture; borrowed for the call.</param>
    /// <param name="options">Quality or size, and threads.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>The stream, the caller's.</returns>
    /// <exception cref="ArgumentException">
    /// A NaN or out-of-range quality, a thread count out of range, a picture of over <see cref="Picture.PixelCeiling"/> pixels, or a
    /// <see cref="ImageEncoderOptions.MaxBytes"/> that even the lowest quality exceeds.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static byte[] Encode(Picture picture, ImageEncoderOptions options, CancellationToken cancellation = default) =>
        Encode(picture, options, out _, cancellation);

    /// <summary>Bytes that always hold the stream of a picture, whatever its pixels and the quality.</summary>
    /// <param name="width">Pixels a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more; <paramref name="width"/> times this is at most <see cref="Picture.PixelCeiling"/>.</param>
    /// <param name="layout">Channels of a pixel.</param>
    /// <remarks>Some 6 bytes a pixel: every symbol escaped. Streams of pictures take a twentieth of it and less.</remarks>
    public static long MaxEncodedBytes(int width, int height, PixelLayout layout)
    {
        var header = new ImageHeader(width, height, layout, default, default);
        LatentGrid grid = header.Grid;
        long bytes = PacketReader.Magic.Length + PacketWriter.MaxBytes(ImageHeader.MaxBytes);
        for (int i = 0; i < grid.Regions; i++)
        {
            bytes += PacketWriter.MaxBytes(ByteWriter.MaxVarintBytes + IndexedRansEncoder.MaxEncodedBytes(grid[i].Symbols));
        }

        return header.HasAlpha ? bytes + PacketWriter.MaxBytes(LosslessPlane.MaxEncodedBytes(width, height)) : bytes;
    }

    internal static byte[] Encode(
        Picture picture, ImageEncoderOptions options, out EncodeStatistics statistics, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Quality is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Quality, "Quality lies between 0 and 100.");
        }

        if ((long)picture.Width * picture.Height > Picture.PixelCeiling)
        {
            throw new ArgumentException($"A picture may have {Picture.PixelCeiling} pixels at most.", nameof(picture));
        }

        using var pool = new WorkerPool(options.Threads);
        using var encoding = new Encoding(picture, options, pool, cancellation);
        return encoding.Run(out statistics);
    }

    /// <summary>One call of <see cref="Encode(Picture, ImageEncoderOptions, CancellationToken)"/>.</summary>
    sealed class Encoding(Picture picture, ImageEncoderOptions options, WorkerPool pool, CancellationToken cancellation) : IDisposable
    {
        readonly ImageModel model = ImageModel.Default;
        readonly LatentGrid grid = new(picture.Width, picture.Height);
        readonly FeatureMap latents = new();
        byte[]? alpha;

        public byte[] Run(out EncodeStatistics statistics)
        {
            alpha = picture.Layout is PixelLayout.GreyAlpha or PixelLayout.Rgba ? AlphaPlane.Encode(picture) : null;
            Analyze();
            byte[] stream = options.MaxBytes is { } bound
                ? BestWithin(bound, out statistics)
                : Write(QualityLevel.FromQuality(options.Quality), out statistics);
            options.Progress?.Report(1);
            return stream;
        }

        void Analyze()
        {
            int rows = (grid.Height + 3) / 4 * 4, columns = (grid.Width + 3) / 4 * 4;
            latents.Reshape(rows, columns, ImageModel.Latents);
            using var analysis = new Analysis(model.Analysis, pool);
            var source = new PixelSource(picture);
            int done = 0;
            foreach (Tile tile in Tile.Of(rows, columns))
            {
                cancellation.ThrowIfCancellationRequested();
                analysis.Run(source, tile, latents);
                options.Progress?.Report(0.6 * ++done / Tile.Count(rows, columns));
            }
        }

        /// <summary>The highest level whose stream fits, by bisection: the length grows with the level.</summary>
        byte[] BestWithin(long bound, out EncodeStatistics statistics)
        {
            byte[] best = Write(new QualityLevel(0), out statistics);
            if (best.Length > bound)
            {
                throw new ArgumentException(
                    $"The smallest stream of this picture takes {best.Length} bytes, and MaxBytes asks for {bound} at most.");
            }

            int fits = 0, fails = QualityLevel.MaxSteps + 1;
            while (fails - fits > 1)
            {
                int middle = (fits + fails) / 2;
                byte[] stream = Write(new QualityLevel(middle), out EncodeStatistics attempt);
                if (stream.Length <= bound)
                {
                    (fits, best, statistics) = (middle, stream, attempt);
                }
                else
                {
                    fails = middle;
                }
            }

            return best;
        }

        byte[] Write(QualityLevel level, out EncodeStatistics statistics)
        {
            var header = new ImageHeader(picture.Width, picture.Height, picture.Layout, level, model.Hash);
            var packets = new PacketWriter();
            packets.Write(PacketType.Header, header.ToPayload());

            double bits = 0;
            long bytes = 0;
            Span<byte> digits = stackalloc byte[ByteWriter.MaxVarintBytes];
            foreach ((byte[] payload, double estimate) in EncodeRegions(new LevelParameters(model, level), level.Trade))
            {
                bits += estimate;
                bytes += payload.Length;
                var index = new ByteWriter(digits);
                index.TryWriteVarint((ulong)(packets.Count - 1));
                packets.Write(PacketType.Region, digits[..index.Written], payload);
            }

            if (alpha is not null)
            {
                packets.Write(PacketType.Alpha, alpha);
            }

            statistics = new EncodeStatistics(bits, bytes, level.Steps);
            return packets.ToArray();
        }

        (byte[] Payload, double EstimatedBits)[] EncodeRegions(LevelParameters parameters, float trade)
        {
            var results = new (byte[], double)[grid.Regions];
            RegionLoop.Run(pool, grid.Regions, inner => new RegionEncoder(parameters, trade, inner), (encoder, index, _) =>
            {
                cancellation.ThrowIfCancellationRequested();
                results[index] = encoder.Encode(grid[index], latents);
            });
            return results;
        }

        public void Dispose() => latents.Dispose();
    }
}
