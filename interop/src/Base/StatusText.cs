using System.Text;

namespace Lacuna.Interop;

/// <summary>One sentence a status, for people.</summary>
static class StatusText
{
    /// <summary>The sentence as UTF-8, closed by a zero; the bytes are constants of the program.</summary>
    public static ReadOnlySpan<byte> Utf8(Status status) => status switch
    {
        Status.Ok => "Success."u8,
        Status.Again => "First call the other half: get before send, or send before get."u8,
        Status.End => "All is delivered."u8,
        Status.InvalidArgument => "An argument is out of its range."u8,
        Status.OutOfMemory => "There is not enough memory."u8,
        Status.BufferTooSmall => "The caller's buffer is too small for the result."u8,
        Status.Internal => "A fault of the library."u8,
        Status.CallbackFailed => "A function of the caller's failed, or broke its contract."u8,
        Status.Io => "The file could not be read."u8,
        Status.Unsupported => "This library cannot do that."u8,
        Status.Truncated => "The stream ends too soon."u8,
        Status.NotAStream => "These bytes do not begin as a Lacuna stream does."u8,
        Status.UnsupportedVersion => "The stream's format is newer than this library."u8,
        Status.UnknownModel => "The stream needs a model that this library does not hold."u8,
        Status.InvalidData => "The stream is damaged: a checksum, a length or a value is wrong."u8,
        Status.LimitExceeded => "It is larger than allowed."u8,
        Status.Cancelled => "The call was cancelled."u8,
        _ => "An unknown status."u8,
    };

    /// <inheritdoc cref="Utf8"/>
    public static string Of(Status status) => Encoding.UTF8.GetString(Utf8(status));
}
