using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Entropy;
using Lacuna.Networks;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>How to decode a stream, and what it may cost.</summary>
public sealed record ImageDecoderOptions
{
    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the picture.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Pictures of more pixels than this are refused before anything is allocated for them. Values above
    /// <see cref="Picture.PixelCeiling"/> count as that. A decode takes 3 bytes a pixel and some 30 MB beside the picture itself.
    /// </summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Receives the share of the work done, 0 to 1, from the calling thread.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>What a stream says of its picture, read from its header alone.</summary>
/// <param name="Version">Format version.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Layout">Channels of a pixel.</param>
/// <param name="Quality">0 to 100, as the encoder was asked (rounded to the stream's precision).</param>
/// <param name="Model">Content hash of the model that the stream needs: eight bytes of SHA-256 as a little-endian number.</param>
/// <param name="HasModel">Whether this library holds that model.</param>
public readonly record struct ImageInfo(int Version, int Width, int Height, PixelLayout Layout, double Quality, ulong Model, bool HasModel);

/// <summary>Turns a stream back into the picture.</summary>
/// <remarks>
/// Stream: docs/format.md. Class: exact: the same stream gives the same bytes on every machine, at every ISA level and with any
/// number of threads. What the stream holds decides a <see cref="StreamStatus"/>, never an exception.
/// </remarks>
public static class ImageDecoder
{
    /// <summary>Reads the header.</summary>
    /// <param name="stream">The stream, or at least its beginning (64 bytes suffice).</param>
    /// <param name="info">What it says; default unless the result is <see cref="StreamStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/> also where the model is not at hand, <see cref="StreamStatus.NotAStream"/>,
    /// <see cref="StreamStatus.UnsupportedVersion"/>, <see cref="StreamStatus.Truncated"/> or <see cref="StreamStatus.InvalidData"/>.
    /// </returns>
    public static StreamStatus ReadInfo(ReadOnlySpan<byte> stream, out ImageInfo info)
    {
        info = default;
        StreamStatus status = ImageStream.ReadHeader(stream, out ImageHeader header);
        if (status == StreamStatus.Done)
        {
            info = new ImageInfo(
                ImageHeader.Version, header.Width, header.Height, header.Layout, header.Level.Quality, header.Model,
                header.Model == EmbeddedModel.Hash);
        }

        return status;
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="stream">The whole stream; borrowed for the call.</param>
    /// <param name="options">Threads and limits.</param>
    /// <param name="picture">The picture, the caller's; null unless the result is <see cref="StreamStatus.Done"/>.</param>
    /// <param name="cancellation">Stops the work soon; the result is then <see cref="StreamStatus.Cancelled"/>.</param>
    /// <returns>Any <see cref="StreamStatus"/>.</returns>
    /// <exception cref="ArgumentException"><see cref="ImageDecoderOptions.Threads"/> is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The machine has too little memory for the picture.</exception>
    public static StreamStatus Decode(
        ReadOnlyMemory<byte> stream, ImageDecoderOptions options, out Picture? picture, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        picture = null;
        long maxPixels = Math.Min(options.MaxPixels, Picture.PixelCeiling);
        StreamStatus status = ImageStream.Open(stream.Span, maxPixels, EmbeddedModel.Hash, out ImageStream? contents);
        if (status != StreamStatus.Done)
        {
            return status;
        }

        using var pool = new WorkerPool(options.Threads);
        try
        {
            status = new Decoding(stream, contents!, options, pool, cancellation).Run(out picture);
        }
        catch (OperationCanceledException)
        {
            status = StreamStatus.Cancelled;
        }

        return status;
    }

    /// <summary>One call of <see cref="Decode"/>.</summary>
    sealed class Decoding(
        ReadOnlyMemory<byte> stream, ImageStream contents, ImageDecoderOptions options, WorkerPool pool, CancellationToken cancellation)
    {
        const double RegionsShare = 0.3;

        readonly ImageHeader header = contents.Header;

        public StreamStatus Run(out Picture? picture)
        {
            picture = null;
            var level = new LevelParameters(ImageModel.Default, header.Level);
            using var latents = new FeatureMap();
            latents.Reshape(header.Grid.Height, header.Grid.Width, ImageModel.Latents);
            if (!TryDecodeRegions(level, latents))
            {
                return StreamStatus.InvalidData;
            }

            var result = new Picture(
                header.Width, header.Height, header.Layout,
                GC.AllocateUninitializedArray<byte>(checked((int)(header.Pixels * (int)header.Layout))));
            Synthesize(level, latents, result);
            if (contents.Alpha is { } alpha && !AlphaPlane.TryDecode(alpha.PayloadOf(stream.Span), result))
            {
                return StreamStatus.InvalidData;
            }

            options.Progress?.Report(1);
            picture = result;
            return StreamStatus.Done;
        }

        bool TryDecodeRegions(LevelParameters level, FeatureMap latents)
        {
            int count = contents.Regions.Length;
            int failures = 0, done = 0;
            RegionLoop.Run(pool, count, inner => new RegionDecoder(level, inner), (decoder, index, worker) =>
            {
                cancellation.ThrowIfCancellationRequested();
                if (Volatile.Read(ref failures) == 0
                    && !decoder.TryDecode(header.Grid[index], contents.Regions[index].PayloadOf(stream.Span), latents))
                {
                    Interlocked.Increment(ref failures);
                }

                int finished = Interlocked.Increment(ref done);
                if (worker == 0)
                {
                    options.Progress?.Report(RegionsShare * finished / count);
                }
            });
            return failures == 0;
        }

        void Synthesize(LevelParameters level, FeatureMap latents, Picture picture)
        {
            using var synthesis = new Synthesis(level, pool);
            var target = new PixelTarget(picture);
            int done = 0, count = Tile.Count(latents.Height, latents.Width);
            foreach (Tile tile in Tile.Of(latents.Height, latents.Width))
            {
                cancellation.ThrowIfCancellationRequested();
                synthesis.Run(latents, tile, target);
                options.Progress?.Report(RegionsShare + (1 - RegionsShare) * ++done / count);
            }
        }
    }
}
