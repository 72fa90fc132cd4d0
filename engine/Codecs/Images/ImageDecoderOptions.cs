using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>How to decode a stream, and what it may cost.</summary>
public sealed record ImageDecoderOptions
{
    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the picture.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Pictures of more pixels than this are refused before anything is allocated for them. Values above
    /// <see cref="Picture.PixelCeiling"/> count as that. What a decode takes: <see cref="ImageMemory"/>.
    /// </summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Receives the share of the work done, 0 to 1, from the calling thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Models beside the one that lies in the library.</summary>
    public IReadOnlyList<ImageModel> Models { get; init; } = [];

    /// <summary>Gives the working memory; null: the system.</summary>
    public BufferAllocator? Memory { get; init; }

    /// <summary>Runs all loops, in place of <see cref="Threads"/>.</summary>
    public IParallelRunner? Runner { get; init; }
}

/// <summary>What a stream says of its picture, read from its header alone.</summary>
/// <param name="Version">Format version.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Layout">Channels of a pixel.</param>
/// <param name="Quality">0 to 100, as the encoder was asked (rounded to the stream's precision).</param>
/// <param name="Model">Content hash of the model that the stream needs: eight bytes of SHA-256 as a little-endian number.</param>
/// <param name="HasModel">Whether this library, or the decoder that was asked, holds that model.</param>
public readonly record struct ImageInfo(int Version, int Width, int Height, PixelLayout Layout, double Quality, ulong Model, bool HasModel);
