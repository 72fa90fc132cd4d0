using System.Diagnostics;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Perf.RateDistortion;

/// <summary>This project's codec, in this process, on one thread.</summary>
sealed class LacunaCodec : ICodec
{
    bool warm;

    public string Name => "Lacuna";

    public string? Version => $"Lacuna {typeof(ImageEncoder).Assembly.GetName().Version?.ToString(3)}";

    public IReadOnlyList<double> Settings { get; } = [0, 14, 28, 42, 57, 71, 86, 100];

    public string? CacheKey => null;

    public Coded Code(Source source, double setting)
    {
        if (!warm)
        {
            _ = Once(source.Picture, setting); // compiles what is timed below
            warm = true;
        }

        return Once(source.Picture, setting);
    }

    static Coded Once(Picture picture, double quality)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] file = ImageEncoder.Encode(picture, new() { Quality = quality, Threads = 1 });
        double encodeMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        StreamStatus status = ImageDecoder.Decode(file, new() { Threads = 1 }, out Picture? decoded);
        double decodeMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return status == StreamStatus.Done
            ? new(file, decoded!, encodeMs, decodeMs)
            : throw new InvalidOperationException($"the decoder returned {status}");
    }
}
