using Lacuna.Codecs.Images.Model;
using Lacuna.Kernels;
using Lacuna.Workers;

namespace Lacuna.Codecs.Images;

/// <summary>How to encode a picture.</summary>
public sealed record ImageEncoderOptions
{
    /// <summary>0 (smallest file) to 100 (best picture); continuous, carried in steps of 1/23.</summary>
    public double Quality { get; init; } = 50;

    /// <summary>Largest length of the stream in bytes: the encoder then takes the best quality that fits. Null: no bound.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Worker threads; 0: one a processor. Never changes a bit of the stream.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the share of the work done, 0 to 1, from the calling thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>The model to encode with; null: the one that lies in the library.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>Gives the working memory; null: the system.</summary>
    public BufferAllocator? Memory { get; init; }

    /// <summary>Runs all loops, in place of <see cref="Threads"/>.</summary>
    public IParallelRunner? Runner { get; init; }
}

/// <summary>Even the lowest quality takes more bytes than <see cref="ImageEncoderOptions.MaxBytes"/> allows.</summary>
public sealed class StreamTooLongException : ArgumentException
{
    /// <summary>Makes the exception without figures.</summary>
    public StreamTooLongException()
    {
    }

    /// <summary>Makes the exception with a text of its own.</summary>
    public StreamTooLongException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a text of its own and a cause.</summary>
    public StreamTooLongException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="least">Bytes of the picture's smallest stream.</param>
    /// <param name="bound">Bytes that it may have.</param>
    public StreamTooLongException(long least, long bound)
        : base($"The smallest stream of this picture takes {least} bytes, and MaxBytes asks for {bound} at most.") => Least = least;

    /// <summary>Bytes of the picture's smallest stream.</summary>
    public long Least { get; }
}

/// <summary>What an encoder knows beside the stream.</summary>
/// <param name="EstimatedBits">Information of all symbols under the entropy model: what the regions take, but for a few bytes.</param>
/// <param name="RegionBytes">Bytes of the regions' entropy-coded symbols.</param>
/// <param name="Level">The quality level in 1/256.</param>
readonly record struct EncodeStatistics(double EstimatedBits, long RegionBytes, int Level);
