using Lacuna.Codecs;

namespace Lacuna.Perf.RateDistortion;

/// <summary>A codec under comparison.</summary>
interface ICodec
{
    /// <summary>As it stands in tables and plots.</summary>
    string Name { get; }

    /// <summary>Version and settings in words, or null where the codec is not to be had here.</summary>
    string? Version { get; }

    /// <summary>The settings of a curve, lowest rate first.</summary>
    IReadOnlyList<double> Settings { get; }

    /// <summary>Names everything that a result depends on but the picture and the setting; null: results are not to be kept.</summary>
    string? CacheKey { get; }

    /// <summary>Encodes to a file and decodes it again.</summary>
    /// <exception cref="InvalidOperationException">The codec failed.</exception>
    Coded Code(Source source, double setting);
}

/// <summary>A picture to be coded, in the forms that the tools read.</summary>
/// <param name="Name">File name.</param>
/// <param name="Picture">8-bit RGB.</param>
/// <param name="Ppm">The same as a PPM file.</param>
/// <param name="Png">The same as a PNG file.</param>
/// <param name="Hash">SHA-256 of the pixels, in hex.</param>
sealed record Source(string Name, Picture Picture, string Ppm, string Png, string Hash);

/// <summary>What a codec made of a picture.</summary>
/// <param name="File">The coded file, whole.</param>
/// <param name="Decoded">8-bit RGB.</param>
readonly record struct Coded(byte[] File, Picture Decoded, double EncodeMs, double DecodeMs);
