using System.Text.Json;
using Lacuna.Cli.Files;
using Lacuna.Entropy;

namespace Lacuna.Cli.Commands;

/// <summary>Reads compressed payloads on behalf of commands; faults name the file.</summary>
static class PayloadInput
{
    /// <summary>What names of payloads end in.</summary>
    public const string Extension = ".lacz";

    /// <summary>What names of LZ4 frames end in.</summary>
    public const string FrameExtension = ".lz4";

    const int FirstGuess = 1 << 16;

    /// <summary>Whether bytes begin as a payload or an LZ4 frame does.</summary>
    public static bool IsPayload(ReadOnlySpan<byte> bytes) =>
        Decompressor.TryReadInfo(bytes, out _) != CompressionStatus.NotCompressed && bytes.Length >= 4;

    /// <summary>Reads what a payload says of itself.</summary>
    /// <exception cref="FileFault">It is no payload, or at fault.</exception>
    public static CompressedInfo ReadInfo(string path, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw new FileFault(path, "is empty");
        }

        CompressionStatus status = Decompressor.TryReadInfo(payload.Span, out CompressedInfo info);
        return status == CompressionStatus.Done ? info : throw new FileFault(path, PayloadNames.Describe(status, 0, 0));
    }

    /// <summary>Decompresses a payload or LZ4 frame.</summary>
    /// <exception cref="FileFault">It is at fault.</exception>
    public static ReadOnlyMemory<byte> Decompress(
        string path, ReadOnlyMemory<byte> payload, CompressedInfo info, DecompressorOptions options)
    {
        using var decompressor = new Decompressor(options);
        long room = info.Bytes >= 0 ? info.Bytes : Math.Max(FirstGuess, 4L * payload.Length);
        while (true)
        {
            // A size past the limit is refused before memory is taken for it.
            byte[] content = GC.AllocateUninitializedArray<byte>((int)Math.Min(room, options.MaxBytes));
            DecompressResult result = info.Bytes > options.MaxBytes
                ? new DecompressResult(CompressionStatus.LimitExceeded, 0, 0)
                : decompressor.Decompress(payload.Span, content);
            bool mayGrow = info.Bytes < 0 && room < options.MaxBytes;
            if (result.Status == CompressionStatus.DestinationTooSmall && mayGrow)
            {
                room *= 2;
                continue;
            }

            return result.Status switch
            {
                CompressionStatus.Done => content.AsMemory(0, result.Written),
                CompressionStatus.DestinationTooSmall => throw Fault(CompressionStatus.LimitExceeded, result),
                _ => throw Fault(result.Status, result),
            };
        }

        FileFault Fault(CompressionStatus status, DecompressResult result) =>
            new(path, PayloadNames.Describe(status, result.Position, options.MaxBytes));
    }

    /// <summary>The methods in use, for people.</summary>
    public static string Methods(CompressedInfo info) =>
        info.Methods == 0 && !info.IsLz4Frame ? "empty" : string.Join(" ", info.MethodNames);

    /// <summary>The methods in use, for machines.</summary>
    public static void WriteMethods(Utf8JsonWriter json, CompressedInfo info)
    {
        json.WriteStartArray("methods");
        foreach (string name in info.MethodNames)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
