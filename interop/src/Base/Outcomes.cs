using System.Buffers;
using Lacuna.Entropy;
using Lacuna.Quantization;

namespace Lacuna.Interop;

/// <summary>Turns what the coders and quantisers came to into statuses with a text, as <see cref="Fault"/> does for streams.</summary>
static unsafe class Outcomes
{
    /// <summary>The status of reading.</summary>
    public static Status From(OperationStatus outcome) => outcome switch
    {
        OperationStatus.Done => Status.Ok,
        OperationStatus.NeedMoreData => Fault.Record(Status.Truncated, StatusText.Of(Status.Truncated)),
        OperationStatus.InvalidData => Fault.Record(Status.InvalidData, StatusText.Of(Status.InvalidData)),
        _ => Fault.Record(Status.BufferTooSmall, StatusText.Of(Status.BufferTooSmall)),
    };

    /// <summary>The status of writing, and the bytes used.</summary>
    /// <param name="outcome">What writing came to.</param>
    /// <param name="bytes">Bytes used.</param>
    /// <param name="written">Where the caller learns of them.</param>
    /// <param name="capacity">Bytes of the caller's buffer.</param>
    /// <param name="bound">Bytes that always suffice.</param>
    public static Status From(OperationStatus outcome, int bytes, nuint* written, nuint capacity, long bound)
    {
        *written = outcome == OperationStatus.Done ? (nuint)bytes : 0;
        return outcome == OperationStatus.DestinationTooSmall ? TooSmall("destination", capacity, bound) : From(outcome);
    }

    /// <summary>The status of compressing and decompressing.</summary>
    public static Status From(CompressionStatus outcome)
    {
        Status status = outcome switch
        {
            CompressionStatus.Done => Status.Ok,
            CompressionStatus.DestinationTooSmall => Status.BufferTooSmall,
            CompressionStatus.Truncated => Status.Truncated,
            CompressionStatus.NotCompressed => Status.NotAStream,
            CompressionStatus.Unsupported => Status.UnsupportedVersion,
            CompressionStatus.InvalidData => Status.InvalidData,
            CompressionStatus.LimitExceeded => Status.LimitExceeded,
            _ => Status.Unsupported,
        };
        return status == Status.Ok ? status : Fault.Record(status, StatusText.Of(status));
    }

    /// <summary>The status of decompressing, with the place of the chunk at fault.</summary>
    public static Status From(DecompressResult result)
    {
        Status status = From(result.Status);
        return status == Status.Ok ? status : Fault.Record(status, $"{StatusText.Of(status)} The chunk begins at byte {result.Position}.");
    }

    /// <summary>The status of quantising, with the place of what is at fault.</summary>
    /// <param name="result">What quantising came to.</param>
    /// <param name="width">Elements or indices of a vector: of what the position counts.</param>
    public static Status From(QuantizationResult result, int width) => result.Status switch
    {
        QuantizationStatus.Done => Status.Ok,
        QuantizationStatus.NotFinite => Fault.Record(
            Status.InvalidData, $"Element {result.Position % width} of vector {result.Position / width} is not finite."),
        _ => Fault.Record(
            Status.InvalidData, $"Index {result.Position % width} of vector {result.Position / width} names no codeword."),
    };

    /// <summary>A buffer that does not hold the result.</summary>
    public static Status TooSmall(string name, nuint capacity, long bound) =>
        Fault.Record(Status.BufferTooSmall, $"{name} holds {capacity}; {bound} always suffice.");
}
