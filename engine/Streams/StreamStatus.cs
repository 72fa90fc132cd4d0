namespace Lacuna.Streams;

/// <summary>What reading a stream came to. Decided by the stream alone, and never an exception.</summary>
public enum StreamStatus
{
    /// <summary>All of it was read.</summary>
    Done = 0,

    /// <summary>The stream ends too soon.</summary>
    Truncated,

    /// <summary>These bytes do not begin as a Lacuna stream does.</summary>
    NotAStream,

    /// <summary>A newer library is needed: the stream's format version is not known here.</summary>
    UnsupportedVersion,

    /// <summary>The stream needs a model that this library does not hold.</summary>
    UnknownModel,

    /// <summary>A checksum, a length or a value is wrong.</summary>
    InvalidData,

    /// <summary>The picture is larger than the caller allows.</summary>
    LimitExceeded,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}
