using System.Text;
using System.Text.Unicode;
using Lacuna.Codecs.Images;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Interop;

/// <summary>Turns what went wrong into a status, and keeps one line about it for the calling thread.</summary>
static class Fault
{
    [ThreadStatic] static string? detail;

    /// <summary>Text on the calling thread's last failure; empty where it had none.</summary>
    public static string Detail => detail ?? "";

    /// <summary>Records an exception that reached an export.</summary>
    public static Status Record(Exception error) => error switch
    {
        AggregateException { InnerException: { } inner } => Record(inner), // a worker's
        OutOfMemoryException => Record(Status.OutOfMemory, "The memory for this call could not be had."),
        InsufficientExecutionStackException => Record(Status.OutOfMemory, "The calling thread's stack is too small."),
        OperationCanceledException => From(StreamStatus.Cancelled),
        RunnerException or CallbackException => Record(Status.CallbackFailed, error.Message),
        InvalidDataException => Record(Status.InvalidData, error.Message),
        IOException or UnauthorizedAccessException => Record(Status.Io, error.Message.ReplaceLineEndings(" ")),
        NotSupportedException => Record(Status.Unsupported, error.Message.ReplaceLineEndings(" ")),
        StreamTooLongException => Record(Status.BufferTooSmall, error.Message),
        ArgumentException => Record(Status.InvalidArgument, error.Message.ReplaceLineEndings(" ")),
        _ => Record(Status.Internal, $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}"),
    };

    /// <summary>Records a failure that an export found itself.</summary>
    public static Status Record(Status status, string message)
    {
        detail = message;
        return status;
    }

    /// <summary>Translates what reading a stream came to, and records it unless it went well.</summary>
    public static Status From(StreamStatus outcome)
    {
        Status status = Translate(outcome);
        return status == Status.Ok ? status : Record(status, StatusText.Of(status));
    }

    /// <summary>The status of the ABI for each status of the engine.</summary>
    public static Status Translate(StreamStatus outcome) => outcome switch
    {
        StreamStatus.Done => Status.Ok,
        StreamStatus.Truncated => Status.Truncated,
        StreamStatus.NotAStream => Status.NotAStream,
        StreamStatus.UnsupportedVersion => Status.UnsupportedVersion,
        StreamStatus.UnknownModel => Status.UnknownModel,
        StreamStatus.InvalidData => Status.InvalidData,
        StreamStatus.LimitExceeded => Status.LimitExceeded,
        StreamStatus.Cancelled => Status.Cancelled,
        _ => Status.Internal,
    };

    /// <summary>Copies the detail as UTF-8, cut at a whole character and closed by a zero.</summary>
    /// <returns>Bytes of the whole text without its zero.</returns>
    public static int CopyDetail(Span<byte> text)
    {
        if (text.Length > 0)
        {
            Utf8.FromUtf16(Detail, text[..^1], out _, out int used); // whole characters, as many as there is room for
            text[used] = 0;
        }

        return Encoding.UTF8.GetByteCount(Detail);
    }
}
