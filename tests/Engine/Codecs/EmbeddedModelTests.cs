using System.Buffers.Binary;
using System.Security.Cryptography;
using Lacuna.Codecs.Images.Model;
using Lacuna.Tests.Architecture;

namespace Lacuna.Tests.Engine.Codecs;

public class EmbeddedModelTests
{
    static readonly byte[] File = System.IO.File.ReadAllBytes(Path.Combine(Repository.Root, "models", "image.safetensors"));

    [Fact]
    public void Its_hash_is_the_files()
    {
        Assert.Equal(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(File)), EmbeddedModel.Hash);
        Assert.Equal(EmbeddedModel.Hash, ImageModel.Default.Hash);
    }

    [Fact]
    public void It_takes_four_megabytes_at_most() => Assert.InRange(File.Length, 1, 4 << 20);
}
