using Lacuna.Entropy;

namespace Lacuna.Tests.Conformance;

/// <summary>The same bytes everywhere: run at each LACUNA_ISA level, these tests hold all of them to the same payloads.</summary>
public class PayloadVectorTests
{
    public static TheoryData<string> Names { get; } = new(PayloadVectors.Names);

    /// <summary>LZ4's encoder is the library's, and may change; Auto asks it.</summary>
    public static TheoryData<string> OwnNames { get; } =
        new(PayloadVectors.Names.Where(name => !name.StartsWith("lz4", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kept_payload_is_the_one_that_the_list_names(string name)
    {
        PayloadVector vector = PayloadVectors.Get(name);
        Assert.Equal(vector.PayloadHash, Vectors.Hash(vector.Payload));
        Assert.Equal(vector.ContentHash, Vectors.Hash(PayloadVectors.Content(name)));
    }

    [Theory]
    [MemberData(nameof(OwnNames))]
    public void The_content_compresses_to_the_kept_payload(string name)
    {
        foreach (int threads in (int[])[1, 2, 5])
        {
            Assert.Equal(PayloadVectors.Get(name).PayloadHash, Vectors.Hash(PayloadVectors.Compress(name, threads)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kept_payload_decompresses_to_its_content(string name)
    {
        if (name.StartsWith("lz4", StringComparison.Ordinal) && !Lz4Block.IsAvailable)
        {
            return;
        }

        PayloadVector vector = PayloadVectors.Get(name);
        foreach (int threads in (int[])[1, 2, 5])
        {
            using var decompressor = new Decompressor(new DecompressorOptions { Threads = threads });
            var content = new byte[PayloadVectors.Content(name).Length];
            DecompressResult result = decompressor.Decompress(vector.Payload, content);
            Assert.Equal(new DecompressResult(CompressionStatus.Done, content.Length, vector.Payload.Length), result);
            Assert.Equal(vector.ContentHash, Vectors.Hash(content));
        }
    }

    [Fact]
    public void The_vectors_use_every_method()
    {
        int methods = 0;
        foreach (string name in PayloadVectors.Names)
        {
            Assert.Equal(CompressionStatus.Done, Decompressor.TryReadInfo(PayloadVectors.Get(name).Payload, out CompressedInfo info));
            methods |= info.Methods;
        }

        Assert.Equal(0b111_1110, methods);
    }
}
