using Lacuna.Bits;
using Lacuna.Codecs.Images.Model;
using Lacuna.Codecs.Images.Regions;
using Lacuna.Codecs.Images.Transforms;
using Lacuna.Entropy;
using Lacuna.Networks;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>Turns pictures into streams, one after another: threads and working memory are kept.</summary>
/// <remarks>
/// Stream: docs/format.md. Class: exact: the same picture and options give the same bytes on every machine, at every ISA level and
/// with any number of threads. Grey pictures are coded as colour ones with equal channels; alpha is kept without loss. One call at
/// a time; whatever a call came to, the encoder may be used again.
/// </remarks>
public sealed class ImageEncoder : IDisposable
{
    readonly ImageEncoderOptions options;
    readonly WorkerPool pool;
    readonly FeatureMap latents;
    readonly Analysis analysis;
    readonly AlphaPlane alpha;
    readonly RegionEncoder[] coders;
    readonly List<RegionResult> results = [];
    PacketWriter best;
    PacketWriter attempt;

    /// <summary>Makes an encoder and starts its threads; working memory comes with the first picture.</summary>
    /// <param name="options">Quality or size, threads, and what the host gives.</param>
    /// <exception cref="ArgumentException">A NaN or out-of-range quality, or a thread count out of range.</exception>
    /// <exception cref="OutOfMemoryException">The threads cannot be started.</exception>
    public ImageEncoder(ImageEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Quality is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Quality, "Quality lies between 0 and 100.");
        }

        this.options = options;
        latents = new FeatureMap(options.Memory);
        alpha = new AlphaPlane(options.Memory);
        (best, attempt) = (new PacketWriter(options.Memory), new PacketWriter(options.Memory));
        pool = options.Runner is { } runner ? new WorkerPool(runner) : new WorkerPool(options.Threads);
        coders = new RegionEncoder[pool.Workers];
        for (int worker = 0; worker < coders.Length; worker++)
        {
            coders[worker] = new RegionEncoder(worker == 0 ? pool.Workers : 1, options.Memory);
        }

        analysis = new Analysis(pool, options.Memory);
    }

    /// <summary>Encodes one picture.</summary>
    /// <param name="picture">The picture; borrowed for the call.</param>
    /// <param name="options">Quality or size, and threads.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>The stream, the caller's.</returns>
    /// <exception cref="StreamTooLongException">Even the lowest quality exceeds <see cref="ImageEncoderOptions.MaxBytes"/>.</exception>
    /// <exception cref="ArgumentException">
    /// A NaN or out-of-range quality, a thread count out of range, or a picture of over <see cref="Picture.PixelCeiling"/> pixels.
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

    /// <summary>Encodes a picture. The format decides what the stream holds: grey or colour, with alpha or without.</summary>
    /// <param name="picture">The picture; borrowed for the call.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>The stream, in the encoder's memory: good until its next call.</returns>
    /// <exception cref="StreamTooLongException">Even the lowest quality exceeds <see cref="ImageEncoderOptions.MaxBytes"/>.</exception>
    /// <exception cref="ArgumentException">A picture of over <see cref="Picture.PixelCeiling"/> pixels.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="OutOfMemoryException">There is too little memory.</exception>
    /// <exception cref="RunnerException">The host's runner failed.</exception>
    public ReadOnlySpan<byte> Encode(in PictureView picture, CancellationToken cancellation = default) =>
        Encode(picture, out _, cancellation);

    /// <summary>Encodes a picture into memory of the caller's.</summary>
    /// <param name="picture">The picture; borrowed for the call.</param>
    /// <param name="destination">Receives the stream; untouched where it is too small. May not overlap the picture.</param>
    /// <param name="length">Receives the stream's bytes.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>Whether the stream fits.</returns>
    /// <remarks>Exceptions: as of <see cref="Encode(in PictureView, CancellationToken)"/>.</remarks>
    public bool TryEncode(in PictureView picture, Span<byte> destination, out int length, CancellationToken cancellation = default)
    {
        ReadOnlySpan<byte> stream = Encode(picture, cancellation);
        length = stream.Length;
        return stream.TryCopyTo(destination);
    }

    /// <summary>Ends the threads and frees the memory. No call may be under way.</summary>
    public void Dispose()
    {
        pool.Dispose();
        analysis.Dispose();
        alpha.Dispose();
        latents.Dispose();
        best.Dispose();
        attempt.Dispose();
        foreach (RegionEncoder coder in coders)
        {
            coder.Dispose();
        }

        foreach (RegionResult result in results)
        {
            result.Dispose();
        }
    }

    internal static unsafe byte[] Encode(
        Picture picture, ImageEncoderOptions options, out EncodeStatistics statistics, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var encoder = new ImageEncoder(options);
        fixed (byte* pixels = picture.Pixels)
        {
            nint stride = (nint)picture.Width * picture.Channels;
            var view = new PictureView(picture.Width, picture.Height, (PixelFormat)picture.Layout, pixels, stride);
            return encoder.Encode(view, out statistics, cancellation).ToArray();
        }
    }

    ReadOnlySpan<byte> Encode(in PictureView picture, out EncodeStatistics statistics, CancellationToken cancellation)
    {
        if ((long)picture.Width * picture.Height > Picture.PixelCeiling)
        {
            throw new ArgumentException($"A picture may have {Picture.PixelCeiling} pixels at most.", nameof(picture));
        }

        ImageModel model = options.Model ?? ImageModel.Default;
        ReadOnlySpan<byte> plane = PixelFormats.HasAlpha(picture.Format) ? alpha.Encode(picture) : [];
        Analyze(model, picture, cancellation);
        var layout = new ImageHeader(picture.Width, picture.Height, PixelFormats.LayoutOf(picture.Format), default, model.Hash);
        if (options.MaxBytes is { } bound)
        {
            WriteBest(model, layout, plane, bound, out statistics, cancellation);
        }
        else
        {
            Write(best, model, layout with { Level = QualityLevel.FromQuality(options.Quality) }, plane, out statistics, cancellation);
        }

        options.Progress?.Report(1);
        return best.Stream;
    }

    void Analyze(ImageModel model, in PictureView picture, CancellationToken cancellation)
    {
        var grid = new LatentGrid(picture.Width, picture.Height);
        int rows = (grid.Height + 3) / 4 * 4, columns = (grid.Width + 3) / 4 * 4;
        latents.Reshape(rows, columns, ImageModel.Latents);
        var source = new PixelSource(picture);
        int count = Tile.Count(rows, columns);
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            analysis.Run(model.Analysis, source, Tile.At(i, rows, columns), latents);
            options.Progress?.Report(0.6 * (i + 1) / count);
        }
    }

    /// <summary>Writes the highest level whose stream fits, by bisection: the length grows with the level.</summary>
    void WriteBest(
        ImageModel model, ImageHeader header, ReadOnlySpan<byte> plane, long bound, out EncodeStatistics statistics,
        CancellationToken cancellation)
    {
        Write(best, model, header with { Level = new QualityLevel(0) }, plane, out statistics, cancellation);
        if (best.Stream.Length > bound)
        {
            throw new StreamTooLongException(best.Stream.Length, bound);
        }

        int fits = 0, fails = QualityLevel.MaxSteps + 1;
        while (fails - fits > 1)
        {
            int middle = (fits + fails) / 2;
            var level = new QualityLevel(middle);
            Write(attempt, model, header with { Level = level }, plane, out EncodeStatistics found, cancellation);
            if (attempt.Stream.Length <= bound)
            {
                (fits, statistics, best, attempt) = (middle, found, attempt, best);
            }
            else
            {
                fails = middle;
            }
        }
    }

    void Write(
        PacketWriter packets, ImageModel model, ImageHeader header, ReadOnlySpan<byte> plane, out EncodeStatistics statistics,
        CancellationToken cancellation)
    {
        EncodeRegions(new LevelParameters(model, header.Level), header.Grid, cancellation);
        packets.Clear();
        packets.Reserve(StreamBytes(header, plane));
        packets.Write(PacketType.Header, header.ToPayload());
        double bits = 0;
        long bytes = 0;
        Span<byte> digits = stackalloc byte[ByteWriter.MaxVarintBytes];
        for (int i = 0; i < header.Grid.Regions; i++)
        {
            ReadOnlySpan<byte> payload = results[i].Payload;
            bits += results[i].EstimatedBits;
            bytes += payload.Length;
            var index = new ByteWriter(digits);
            index.TryWriteVarint((ulong)i);
            packets.Write(PacketType.Region, digits[..index.Written], payload);
        }

        if (header.HasAlpha)
        {
            packets.Write(PacketType.Alpha, plane);
        }

        statistics = new EncodeStatistics(bits, bytes, header.Level.Steps);
    }

    /// <summary>Bytes that hold the stream of what the regions came to.</summary>
    long StreamBytes(ImageHeader header, ReadOnlySpan<byte> plane)
    {
        long bytes = PacketReader.Magic.Length + PacketWriter.MaxBytes(ImageHeader.MaxBytes) + PacketWriter.MaxBytes(plane.Length);
        for (int i = 0; i < header.Grid.Regions; i++)
        {
            bytes += PacketWriter.MaxBytes(ByteWriter.MaxVarintBytes + results[i].Payload.Length);
        }

        return bytes;
    }

    void EncodeRegions(LevelParameters level, LatentGrid grid, CancellationToken cancellation)
    {
        while (results.Count < grid.Regions)
        {
            results.Add(new RegionResult(options.Memory));
        }

        RegionLoop loop = RegionLoop.Of(pool, grid.Regions);
        var work = new RegionWork(this, loop.Inner, level, grid, cancellation);
        loop.Outer.For(grid.Regions, work, static (work, index, worker) => work.Encode(index, worker));
    }

    /// <summary>What the threads that encode regions share.</summary>
    readonly struct RegionWork(
        ImageEncoder encoder, WorkerPool rows, LevelParameters level, LatentGrid grid, CancellationToken cancellation)
    {
        public void Encode(int index, int worker)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> payload = encoder.coders[worker].Encode(
                level, level.Level.Trade, rows, grid[index], encoder.latents, out double bits);
            encoder.results[index].Keep(payload, bits);
        }
    }
}
