using System.Globalization;

namespace Lacuna.Perf.RateDistortion;

/// <summary>A codec run by its command-line programs, one thread each; times are of whole processes, start and files included.</summary>
sealed class PeerCodec : ICodec
{
    readonly Lazy<string?> version;

    PeerCodec() => version = new(() => Tool.Version(Decoder!, VersionOption!) is null ? null : Tool.Version(Encoder!, VersionOption!));

    /// <summary>Every peer, in the order of the tables.</summary>
    public static IReadOnlyList<PeerCodec> All { get; } =
    [
        Jpeg("JPEG", []),
        Jpeg("JPEG progressive", ["-progressive"]),
        new()
        {
            Name = "WebP", Encoder = "cwebp", Decoder = "dwebp", VersionOption = "-version", Extension = ".webp",
            Settings = [0, 6, 15, 30, 50, 70, 82, 91],
            Encode = (source, q, file) => ["-quiet", "-m", "6", "-q", Text(q), source.Ppm, "-o", file],
            Decode = (file, picture) => ["-quiet", "-ppm", file, "-o", picture + ".ppm"],
        },
        new()
        {
            Name = "AVIF", Encoder = "avifenc", Decoder = "avifdec", VersionOption = "--version",
            Extension = ".avif", PictureExtension = ".png",
            Settings = [60, 54, 48, 42, 36, 30, 23, 16],
            Encode = (source, q, file) =>
                ["-s", "6", "-j", "1", "--min", "0", "--max", "63", "-a", "end-usage=q", "-a", $"cq-level={Text(q)}", source.Png, file],
            Decode = (file, picture) => ["-j", "1", "--png-compress", "0", file, picture + ".png"],
        },
        new()
        {
            Name = "JPEG XL", Encoder = "cjxl", Decoder = "djxl", VersionOption = "--version", Extension = ".jxl",
            Settings = [20, 12, 8, 5, 3.3, 2.2, 1.4, 0.8],
            Encode = (source, d, file) => [source.Ppm, file, "-e", "7", "-d", Text(d), "--num_threads=0"],
            Decode = (file, picture) => [file, picture + ".ppm", "--num_threads=1"],
        },
    ];

    public required string Name { get; init; }

    public string? Version => version.Value is { } text ? $"{Encoder} {text.Replace(Encoder, "").Trim()}" : null;

    public string? CacheKey => $"{Version} | {string.Join(' ', Encode(Nothing, 0.5, "out"))} | {string.Join(' ', Decode("in", "out"))}";

    public required IReadOnlyList<double> Settings { get; init; }

    public required string Encoder { get; init; }

    public required string Decoder { get; init; }

    public required string VersionOption { get; init; }

    public required string Extension { get; init; }

    public string PictureExtension { get; init; } = ".ppm";

    /// <summary>The encoder's arguments: picture, setting, file to write.</summary>
    public required Func<Source, double, string, string[]> Encode { get; init; }

    /// <summary>The decoder's arguments: file, picture to write without its extension.</summary>
    public required Func<string, string, string[]> Decode { get; init; }

    static Source Nothing { get; } = new("", new(1, 1, Codecs.PixelLayout.Rgb, new byte[3]), "in", "in", "");

    public Coded Code(Source source, double setting)
    {
        string stem = source.Ppm + "." + Guid.NewGuid().ToString("N")[..8];
        string file = stem + Extension;
        try
        {
            double encodeMs = Tool.Run(Encoder, Encode(source, setting, file)).Ms;
            double decodeMs = Tool.Run(Decoder, Decode(file, stem)).Ms;
            return new(File.ReadAllBytes(file), Pictures.Read(stem + PictureExtension), encodeMs, decodeMs);
        }
        finally
        {
            File.Delete(file);
            File.Delete(stem + PictureExtension);
        }
    }

    static PeerCodec Jpeg(string name, string[] options) => new()
    {
        Name = name, Encoder = "cjpeg", Decoder = "djpeg", VersionOption = "-version", Extension = ".jpg",
        Settings = [5, 10, 18, 28, 42, 60, 78, 90],
        Encode = (source, q, file) => [.. options, "-optimize", "-sample", "2x2", "-quality", Text(q), "-outfile", file, source.Ppm],
        Decode = (file, picture) => ["-pnm", "-outfile", picture + ".ppm", file],
    };

    static string Text(double setting) => setting.ToString(CultureInfo.InvariantCulture);
}
