using Lacuna.Entropy;
using Lacuna.Tests.Conformance;
using Lacuna.Tests.Fuzz;
using Lacuna.Tests.Fuzz.Targets;

namespace Lacuna.Tests.Reference;

/// <summary>Holds payloads and docs/format.md, section 11, to each other.</summary>
public class PlainPayloadTests
{
    public static TheoryData<string> Names { get; } =
        new(PayloadVectors.Names.Where(name => !name.Contains("frame", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_conformance_vector_decodes_to_its_content(string name)
    {
        PayloadVector vector = PayloadVectors.Get(name);
        Assert.Equal(vector.ContentHash, Vectors.Hash(PlainPayload.Decode(vector.Payload)));
    }

    [Fact]
    public void Damaged_payloads_are_refused_by_both_or_decode_alike()
    {
        var content = new byte[1 << 16];
        int decoded = 0, refused = 0;
        using var decompressor = new Decompressor(new DecompressorOptions { MaxBytes = content.Length });
        foreach (FuzzInput input in FuzzTargets.Mutated(new PayloadTarget(), 1500, firstSeed: 200_000))
        {
            DecompressResult result = decompressor.Decompress(input.Bytes, content);
            if (Lz4Frame.IsFrame(input.Bytes) || result.Status is CompressionStatus.LimitExceeded or CompressionStatus.LibraryMissing)
            {
                continue;
            }

            byte[]? plain = Plain(input.Bytes);
            Assert.True(result.Status == CompressionStatus.Done == plain is not null, $"{input.Name}: the engine says {result.Status}");
            Assert.True(plain is null || content.AsSpan(0, result.Written).SequenceEqual(plain), input.Name);
            (decoded, refused) = plain is null ? (decoded, refused + 1) : (decoded + 1, refused);
        }

        Assert.True(decoded > 10 && refused > 10);
    }

    static byte[]? Plain(byte[] payload)
    {
        try
        {
            return PlainPayload.Decode(payload);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
