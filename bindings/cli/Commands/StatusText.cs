using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Cli.Commands;

/// <summary>Says in one line what reading a stream came to.</summary>
static class StatusText
{
    /// <summary>The fault in words.</summary>
    /// <param name="status">Anything but <see cref="StreamStatus.Done"/>.</param>
    /// <param name="info">What of the header could be read; default where nothing could.</param>
    /// <param name="maxPixels">The limit that was set.</param>
    public static string Describe(StreamStatus status, ImageInfo info, long maxPixels) => status switch
    {
        StreamStatus.Truncated => "the stream ends too soon",
        StreamStatus.NotAStream => "not a Lacuna stream",
        StreamStatus.UnsupportedVersion => info.Version > 0
            ? $"made in version {info.Version} of the format, which is newer than this program"
            : "made in a version of the format that is newer than this program",
        StreamStatus.UnknownModel => $"needs model {info.Model:x16}, which this program does not hold",
        StreamStatus.InvalidData => "the stream is damaged: a checksum, a length or a value is wrong",
        StreamStatus.LimitExceeded => info.Width > 0
            ? $"its {info.Width} x {info.Height} pixels are more than the limit of {maxPixels}; --max-pixels raises it"
            : $"its picture is larger than the limit of {maxPixels} pixels; --max-pixels raises it",
        StreamStatus.Cancelled => "interrupted",
        _ => $"the stream cannot be read (status {(int)status})",
    };
}
