namespace Lacuna.Entropy;

/// <summary>What compressing or decompressing came to. Decided by the data and the caller's limits, and never an exception.</summary>
public enum CompressionStatus
{
    /// <summary>All of it was done.</summary>
    Done = 0,

    /// <summary>The destination is full.</summary>
    DestinationTooSmall,

    /// <summary>The bytes end too soon.</summary>
    Truncated,

    /// <summary>These bytes do not begin as a compressed payload or an LZ4 frame does.</summary>
    NotCompressed,

    /// <summary>A newer library is needed: a format version or a method that is not known here.</summary>
    Unsupported,

    /// <summary>A checksum, a length or a value is wrong.</summary>
    InvalidData,

    /// <summary>A chunk or the whole is larger than the caller allows.</summary>
    LimitExceeded,

    /// <summary>LZ4 is wanted, and the system has no <c>liblz4</c>; never in a native build, which holds it.</summary>
    LibraryMissing,
}
