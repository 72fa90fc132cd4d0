using Lacuna.Entropy;
using Lacuna.Tests.Engine.Entropy.Chunks;

namespace Lacuna.Tests.Conformance;

/// <summary>A payload kept in the repository: how its content is made, and the SHA-256 of both.</summary>
sealed record PayloadVector(string Name, string PayloadHash, string ContentHash)
{
    /// <summary>The payload as it is kept.</summary>
    public byte[] Payload { get; } = File.ReadAllBytes(Path.Combine(PayloadVectors.Folder, Name + ".lacz"));
}

/// <summary>The conformance vectors of docs/format.md, section 11: tests/Conformance/vectors/payloads.</summary>
static class PayloadVectors
{
    public static readonly string Folder = StoredFiles.Folder("Conformance", "vectors", "payloads");

    /// <summary>The name tells method and content. LZ4's blocks may differ between versions of it: they are only decoded.</summary>
    static readonly (string Name, byte[] Content, CompressorOptions Options)[] Cases =
    [
        ("empty", [], new()),
        ("run-5000", new byte[5000], new()),
        ("stored-300", PayloadInputs.Noise(300), new()),
        .. from count in (int[])[1, 20, 3000, 9000, 30_000, 100_000]
           select ($"rans-{count}", PayloadInputs.Bell(count), new CompressorOptions { Method = CompressionMethod.Rans }),
        .. from count in (int[])[20, 20_000]
           select ($"adaptive-{count}", PayloadInputs.Drift(count), new CompressorOptions { Method = CompressionMethod.Adaptive }),
        ("lz4-2000", PayloadInputs.Text(2000), new() { Method = CompressionMethod.Lz4 }),
        ("lz4-frame-2000", PayloadInputs.Text(2000), new() { Method = CompressionMethod.Lz4Frame }),
        .. from kind in Enum.GetValues<FloatKind>()
           let options = new CompressorOptions { Method = CompressionMethod.Floats, FloatKind = kind }
           select ($"{kind}-2000".ToLowerInvariant(), (byte[])[.. PayloadInputs.Floats(2000, kind), 1], options),
        ("auto-chunks", Mixed, new() { ChunkBytes = 4096 }),
    ];

    static readonly Lazy<PayloadVector[]> Stored = new(Open);

    static string List => Path.Combine(Folder, "hashes.txt");

    /// <summary>Content for which every method that needs no library is the best for some chunk.</summary>
    static byte[] Mixed =>
    [
        .. PayloadInputs.Bell(4096), .. new byte[4096], .. PayloadInputs.Noise(4096), .. PayloadInputs.Floats(2048, FloatKind.BFloat16),
        .. PayloadInputs.Drift(4096), .. PayloadInputs.Floats(1024, FloatKind.Float32),
    ];

    public static IEnumerable<string> Names => Cases.Select(item => item.Name);

    public static PayloadVector Get(string name) => Stored.Value.Single(vector => vector.Name == name);

    public static byte[] Content(string name) => Cases.Single(item => item.Name == name).Content;

    /// <summary>Compresses a vector's content anew.</summary>
    public static byte[] Compress(string name, int threads)
    {
        (_, byte[] content, CompressorOptions options) = Cases.Single(item => item.Name == name);
        return Compressor.Compress(content, options with { Threads = threads });
    }

    static PayloadVector[] Open()
    {
        if (StoredFiles.Writing)
        {
            StoredFiles.Replace(Folder, "*.lacz", Cases.Select(item => (item.Name + ".lacz", Compress(item.Name, threads: 1))));
            File.WriteAllLines(List, [
                "# name, SHA-256 of the payload, SHA-256 of its content; see ../../README.md",
                .. Cases.Select(item => $"{item.Name,-16} {Vectors.Hash(Compress(item.Name, threads: 1))} {Vectors.Hash(item.Content)}"),
            ]);
        }

        return
        [
            .. from line in File.ReadLines(List)
               where !line.StartsWith('#')
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               select new PayloadVector(fields[0], fields[1], fields[2]),
        ];
    }
}
