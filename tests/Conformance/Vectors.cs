using System.Security.Cryptography;
using Lacuna.Cli.Files.Png;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Conformance;

/// <summary>A stream kept in the repository: how it is made, and the SHA-256 of its bytes and of the pixels that it decodes to.</summary>
sealed record Vector(string Name, string StreamHash, string PixelHash)
{
    /// <summary>The stream as it is kept.</summary>
    public byte[] Stream { get; } = File.ReadAllBytes(Path.Combine(Vectors.Folder, Name + ".lac"));

    public override string ToString() => Name;
}

/// <summary>The conformance vectors: tests/Conformance/vectors. README.md there tells when they may change.</summary>
static class Vectors
{
    public static readonly string Folder = StoredFiles.Folder("Conformance", "vectors");

    /// <summary>A sample picture and a quality each; a vector's name is both.</summary>
    static readonly (string Picture, double Quality)[] Cases =
    [
        ("dot-1x1", 50),
        ("rgb-61x43", 0),
        ("rgb-61x43", 33.3),
        ("rgb-61x43", 100),
        ("grey-33x97", 60),
        ("rgba-120x75", 45),
        ("grey-alpha-17x9", 80),
        ("rgb-1100x37", 20),
    ];

    static readonly Lazy<Vector[]> Stored = new(Open);

    static string List => Path.Combine(Folder, "hashes.txt");

    public static IEnumerable<string> Names => Cases.Select(Name);

    public static Vector Get(string name) => Stored.Value.Single(vector => vector.Name == name);

    /// <summary>Encodes a vector's picture anew.</summary>
    public static byte[] Encode(string name, int threads)
    {
        (string picture, double quality) = Cases.Single(item => Name(item) == name);
        return ImageEncoder.Encode(PictureOf(picture), new ImageEncoderOptions { Quality = quality, Threads = threads });
    }

    public static Picture Decode(byte[] stream, int threads)
    {
        StreamStatus status = ImageDecoder.Decode(stream, new ImageDecoderOptions { Threads = threads }, out Picture? picture);
        Assert.Equal(StreamStatus.Done, status);
        return picture!;
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    static string Name((string Picture, double Quality) item) => $"{item.Picture}-q{item.Quality:0.#}";

    static Picture PictureOf(string name) => name == "dot-1x1"
        ? new Picture(1, 1, PixelLayout.Rgb, [200, 120, 40])
        : SamplePictures.All.Single(sample => sample.Name == name).Make();

    /// <summary>The picture as a file, from which the native program makes the same stream (tests/Abi/vectors.sh).</summary>
    static byte[] Png(string name)
    {
        using var file = new MemoryStream();
        PngWriter.Write(PictureOf(name), file);
        return file.ToArray();
    }

    static Vector[] Open()
    {
        if (StoredFiles.Writing)
        {
            Write();
        }

        return
        [
            .. from line in File.ReadLines(List)
               where !line.StartsWith('#')
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               select new Vector(fields[0], fields[1], fields[2]),
        ];
    }

    static void Write()
    {
        (string Name, byte[] Bytes)[] streams = [.. Names.Select(name => (name, Encode(name, threads: 1)))];
        StoredFiles.Replace(Folder, "*.lac", streams.Select(stream => (stream.Name + ".lac", stream.Bytes)));
        StoredFiles.Replace(Folder, "*.png", Cases.Select(item => item.Picture).Distinct().Select(name => (name + ".png", Png(name))));
        File.WriteAllLines(List, [
            "# name, SHA-256 of the stream, SHA-256 of the pixels [height, width, channels]; see ../README.md",
            .. streams.Select(stream => $"{stream.Name,-24} {Hash(stream.Bytes)} {Hash(Decode(stream.Bytes, threads: 1).Pixels)}"),
        ]);
    }
}
