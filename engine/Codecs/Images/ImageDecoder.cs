using Lacuna.Streams;

namespace Lacuna.Codecs.Images;

/// <summary>How to decode a stream, and what it may cost.</summary>
public sealed record ImageDecoderOptions
{
    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the picture.</summary>
    public int Threads { get; init; }

    /// <summary>Pictures of more pixels than this are refused before anything is allocated for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Receives the share of the work done, 0 to 1, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>What a stream says of its picture, read from its header alone.</summary>
/// <param name="Version">Format version.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Layout">Channels of a pixel.</param>
/// <param name="Quality">0 to 100, as the encoder was asked (rounded to the stream's precision).</param>
/// <param name="Model">Content hash of the model that the stream needs.</param>
/// <param name="HasModel">Whether this library holds that model.</param>
public readonly record struct ImageInfo(int Version, int Width, int Height, PixelLayout Layout, double Quality, ulong Model, bool HasModel);

/// <summary>Turns a stream (docs/format.md) back into the picture.</summary>
public static class ImageDecoder
{
    /// <summary>Reads the header.</summary>
    public static StreamStatus ReadInfo(ReadOnlySpan<byte> stream, out ImageInfo info) => throw new NotImplementedException();

    /// <summary>Decodes a picture. Never throws because of what the stream holds.</summary>
    public static StreamStatus Decode(ReadOnlyMemory<byte> stream, ImageDecoderOptions options, out Picture? picture, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
