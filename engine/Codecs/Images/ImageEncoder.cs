namespace Lacuna.Codecs.Images;

/// <summary>How to encode a picture.</summary>
public sealed record ImageEncoderOptions
{
    /// <summary>0 (smallest file) to 100 (best picture); continuous.</summary>
    public double Quality { get; init; } = 50;

    /// <summary>Largest length of the stream in bytes; the encoder then searches the quality. Null: no bound.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the stream.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the share of the work done, 0 to 1, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>Turns a picture into a stream (docs/format.md).</summary>
public static class ImageEncoder
{
    /// <summary>Encodes a picture.</summary>
    public static byte[] Encode(Picture picture, ImageEncoderOptions options, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
