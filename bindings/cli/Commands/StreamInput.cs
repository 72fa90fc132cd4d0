using Lacuna.Cli.Files;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Cli.Commands;

/// <summary>Reads Lacuna streams on behalf of commands; faults name the file.</summary>
static class StreamInput
{
    /// <summary>Reads a stream's header. A model that is not held is no fault here: <see cref="ImageInfo.HasModel"/> tells.</summary>
    /// <exception cref="FileFault">The header is at fault.</exception>
    public static ImageInfo ReadInfo(string path, ReadOnlyMemory<byte> stream)
    {
        PictureKind kind = PictureReader.Detect(stream.Span);
        if (kind != PictureKind.Unknown)
        {
            throw new FileFault(path, $"not a Lacuna stream but a picture ({kind.ToString().ToUpperInvariant()})");
        }

        if (stream.IsEmpty)
        {
            throw new FileFault(path, "is empty");
        }

        StreamStatus status = ImageDecoder.ReadInfo(stream.Span, out ImageInfo info);
        return status is StreamStatus.Done or StreamStatus.UnknownModel
            ? info
            : throw new FileFault(path, StatusText.Describe(status, info, PictureLimits.DefaultMaxPixels));
    }

    /// <summary>Decodes a stream.</summary>
    /// <exception cref="FileFault">The stream is at fault.</exception>
    public static Picture Decode(string path, ReadOnlyMemory<byte> stream, ImageInfo info, ImageDecoderOptions options)
    {
        StreamStatus status = ImageDecoder.Decode(stream, options, out Picture? picture);
        return status == StreamStatus.Done && picture is not null
            ? picture
            : throw new FileFault(path, StatusText.Describe(status, info, options.MaxPixels));
    }
}
