using System.Runtime.InteropServices;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Kernels;
using Lacuna.Networks;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>Turns streams back into pictures, one after another: threads, working memory and a level's parameters are kept.</summary>
/// <remarks>
/// <para>
/// Stream: docs/format.md. Class: exact: the same stream gives the same bytes on every machine, at every ISA level and with any
/// number of threads. What the stream holds decides a <see cref="StreamStatus"/>, never an exception.
/// </para>
/// <para>
/// From the second picture of a size and quality on, nothing is allocated. One call at a time; whatever a call came to, the decoder
/// may be used again.
/// </para>
/// </remarks>
public sealed unsafe class ImageDecoder : IDisposable
{
    const double RegionsShare = 0.3;

    readonly ImageDecoderOptions options;
    readonly ModelShelf models;
    readonly ImageStream contents = new();
    readonly FeatureMap latents;
    readonly AlphaPlane alpha;
    readonly WorkerPool pool;
    readonly RegionDecoder[] regions;
    readonly Synthesis synthesis;
    readonly RecentLevels levels = new();
    LevelParameters? level;
    bool hasLatents;

    // What the threads of the call that is under way share.
    byte* source;
    CancellationToken cancellation;
    WorkerPool inner = WorkerPool.Alone;
    int caller;
    int failures;
    int done;

    /// <summary>Makes a decoder and starts its threads; working memory comes with the first picture.</summary>
    /// <param name="options">Threads, limits, models and what the host gives.</param>
    /// <exception cref="ArgumentException"><see cref="ImageDecoderOptions.Threads"/> is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The threads cannot be started.</exception>
    public ImageDecoder(ImageDecoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        models = new ModelShelf(options.Models);
        latents = new FeatureMap(options.Memory);
        alpha = new AlphaPlane(options.Memory);
        pool = options.Runner is { } runner ? new WorkerPool(runner) : new WorkerPool(options.Threads);
        regions = new RegionDecoder[pool.Workers];
        for (int worker = 0; worker < regions.Length; worker++)
        {
            regions[worker] = new RegionDecoder(worker == 0 ? pool.Workers : 1, options.Memory);
        }

        synthesis = new Synthesis(pool, options.Memory);
    }

    /// <summary>Threads that work, the caller's included.</summary>
    public int Workers => pool.Workers;

    internal WorkerPool Pool => pool;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The stream, or at least its beginning (64 bytes suffice).</param>
    /// <param name="info">What it says; default unless the result is <see cref="StreamStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="StreamStatus.Done"/> also where the model is not at hand, <see cref="StreamStatus.NotAStream"/>,
    /// <see cref="StreamStatus.UnsupportedVersion"/>, <see cref="StreamStatus.Truncated"/> or <see cref="StreamStatus.InvalidData"/>.
    /// </returns>
    public static StreamStatus ReadInfo(ReadOnlySpan<byte> stream, out ImageInfo info)
    {
        StreamStatus status = ImageStream.ReadHeader(stream, out ImageHeader header);
        info = status == StreamStatus.Done ? InfoOf(header, header.Model == EmbeddedModel.Hash) : default;
        return status;
    }

    /// <summary>Decodes one picture into memory of its own.</summary>
    /// <param name="stream">The whole stream; borrowed for the call.</param>
    /// <param name="options">Threads, limits, models and what the host gives.</param>
    /// <param name="picture">The picture, the caller's; null unless the result is <see cref="StreamStatus.Done"/>.</param>
    /// <param name="cancellation">Stops the work soon; the result is then <see cref="StreamStatus.Cancelled"/>.</param>
    /// <returns>Any <see cref="StreamStatus"/>.</returns>
    /// <exception cref="ArgumentException"><see cref="ImageDecoderOptions.Threads"/> is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The machine has too little memory for the picture.</exception>
    /// <exception cref="RunnerException">The host's runner failed.</exception>
    public static StreamStatus Decode(
        ReadOnlyMemory<byte> stream, ImageDecoderOptions options, out Picture? picture, CancellationToken cancellation = default)
    {
        picture = null;
        using var decoder = new ImageDecoder(options);
        StreamStatus status = decoder.Inspect(stream.Span, out ImageInfo info);
        if (status != StreamStatus.Done)
        {
            return status;
        }

        var pixels = GC.AllocateUninitializedArray<byte>(checked(info.Width * info.Height * (int)info.Layout));
        fixed (byte* first = pixels)
        {
            var view = new PictureView(info.Width, info.Height, (PixelFormat)info.Layout, first, (nint)info.Width * (int)info.Layout);
            status = decoder.Run(stream.Span, view, cancellation);
        }

        picture = status == StreamStatus.Done ? new Picture(info.Width, info.Height, info.Layout, pixels) : null;
        return status;
    }

    /// <summary>Finds out all that can be known of a stream without decoding: its packets are checked against its checksums.</summary>
    /// <param name="stream">The whole stream; borrowed for the call.</param>
    /// <param name="info">What its header says; default unless the result is <see cref="StreamStatus.Done"/>.</param>
    /// <returns>
    /// What <see cref="Decode(ReadOnlySpan{byte}, in PictureView, CancellationToken)"/> returns, but for damage to symbols.
    /// </returns>
    public StreamStatus Inspect(ReadOnlySpan<byte> stream, out ImageInfo info)
    {
        StreamStatus status = contents.Open(stream, Math.Min(options.MaxPixels, Picture.PixelCeiling), models);
        info = status == StreamStatus.Done ? InfoOf(contents.Header, hasModel: true) : default;
        return status;
    }

    /// <summary>Decodes a picture into memory of the caller's.</summary>
    /// <param name="stream">The whole stream; borrowed for the call.</param>
    /// <param name="destination">
    /// A picture of the stream's size and any format: grey becomes equal channels, colour grey, alpha that the stream lacks 255, and
    /// alpha that the format lacks is dropped. All pixels are 0 on failure once decoding has begun; bytes between rows stay as they are.
    /// </param>
    /// <param name="cancellation">Stops the work soon; the result is then <see cref="StreamStatus.Cancelled"/>.</param>
    /// <returns>Any <see cref="StreamStatus"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another size than the stream's picture.</exception>
    /// <exception cref="OutOfMemoryException">There is too little memory for the picture.</exception>
    /// <exception cref="RunnerException">The host's runner failed.</exception>
    public StreamStatus Decode(ReadOnlySpan<byte> stream, in PictureView destination, CancellationToken cancellation = default)
    {
        StreamStatus status = Inspect(stream, out ImageInfo info);
        if (status == StreamStatus.Done && (destination.Width, destination.Height) != (info.Width, info.Height))
        {
            throw new ArgumentException(
                $"The stream's picture has {info.Width} x {info.Height} pixels, not {destination.Width} x {destination.Height}.",
                nameof(destination));
        }

        return status == StreamStatus.Done ? Run(stream, destination, cancellation) : status;
    }

    /// <summary>A number to compare machines by: CRC-32C of the last picture's latents as float32, little-endian.</summary>
    /// <returns>The checksum of [rows, columns, 192] values; 0 where there is no picture, or the last one failed.</returns>
    public uint LatentsChecksum() => hasLatents ? Crc32C.Run(0, MemoryMarshal.AsBytes(latents.Values)) : 0;

    /// <summary>Ends the threads and frees the memory. No call may be under way.</summary>
    public void Dispose()
    {
        pool.Dispose();
        synthesis.Dispose();
        alpha.Dispose();
        latents.Dispose();
        foreach (RegionDecoder decoder in regions)
        {
            decoder.Dispose();
        }
    }

    static ImageInfo InfoOf(ImageHeader header, bool hasModel) =>
        new(ImageHeader.Version, header.Width, header.Height, header.Layout, header.Level.Quality, header.Model, hasModel);

    StreamStatus Run(ReadOnlySpan<byte> stream, in PictureView destination, CancellationToken token)
    {
        var status = StreamStatus.InvalidData;
        (hasLatents, cancellation, caller, failures, done) = (false, token, Environment.CurrentManagedThreadId, 0, 0);
        bool ended = false;
        fixed (byte* first = stream)
        {
            source = first;
            try
            {
                status = DecodeRegions() && Synthesize(destination) && DecodeAlpha(destination) ? StreamStatus.Done : status;
                ended = status == StreamStatus.Done;
            }
            catch (OperationCanceledException)
            {
                status = StreamStatus.Cancelled;
            }
            finally
            {
                source = null;
                hasLatents = ended;
                if (!ended)
                {
                    destination.Clear();
                }
            }
        }

        return status;
    }

    bool DecodeRegions()
    {
        ImageHeader header = contents.Header;
        level = levels.Get(models[header.Model], header.Level);
        latents.Reshape(header.Grid.Height, header.Grid.Width, ImageModel.Latents);
        int count = contents.Regions.Length;
        RegionLoop loop = RegionLoop.Of(pool, count);
        inner = loop.Inner;
        loop.Outer.For(count, this, static (decoder, index, worker) => decoder.DecodeRegion(index, worker, decoder.inner));
        return failures == 0;
    }

    void DecodeRegion(int index, int worker, WorkerPool rows)
    {
        cancellation.ThrowIfCancellationRequested();
        Packet packet = contents.Regions[index];
        var payload = new ReadOnlySpan<byte>(source + packet.Offset, packet.Length);
        if (Volatile.Read(ref failures) == 0
            && !regions[worker].TryDecode(level!, rows, contents.Header.Grid[index], payload, latents))
        {
            Interlocked.Increment(ref failures);
        }

        int finished = Interlocked.Increment(ref done);
        if (Environment.CurrentManagedThreadId == caller)
        {
            options.Progress?.Report(RegionsShare * finished / contents.Regions.Length);
        }
    }

    bool Synthesize(in PictureView destination)
    {
        var target = new PixelTarget(destination, contents.Header.Layout);
        int count = Tile.Count(latents.Height, latents.Width);
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            synthesis.Run(level!, latents, Tile.At(i, latents.Height, latents.Width), target);
            options.Progress?.Report(RegionsShare + (1 - RegionsShare) * (i + 1) / (count + 1));
        }

        return true;
    }

    bool DecodeAlpha(in PictureView destination)
    {
        cancellation.ThrowIfCancellationRequested();
        if (contents.Alpha is { } packet && PixelFormats.HasAlpha(destination.Format)
            && !alpha.TryDecode(new ReadOnlySpan<byte>(source + packet.Offset, packet.Length), destination))
        {
            return false;
        }

        options.Progress?.Report(1);
        return true;
    }
}
