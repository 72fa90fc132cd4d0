namespace Lacuna.Interop;

/// <summary>lac_status, as lacuna/base.h explains it. The values are pinned in interop/abi/layout.txt.</summary>
enum Status
{
    Ok = 0,
    Again = 1,
    End = 2,
    InvalidArgument = -1,
    OutOfMemory = -2,
    BufferTooSmall = -3,
    Internal = -4,
    CallbackFailed = -5,
    Io = -6,
    Unsupported = -7,

    // Decided by the stream alone: Lacuna.Streams.StreamStatus, one to one.
    Truncated = -16,
    NotAStream = -17,
    UnsupportedVersion = -18,
    UnknownModel = -19,
    InvalidData = -20,
    LimitExceeded = -21,
    Cancelled = -22,
}
