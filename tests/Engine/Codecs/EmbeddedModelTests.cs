using System.Buffers.Binary;
using System.Security.Cryptography;
using Lacuna.Codecs.Images.Model;
using Lacuna.Tensors;
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

    [Fact]
    public unsafe void Another_file_of_the_same_tensors_makes_a_model_too()
    {
        fixed (byte* first = File)
        {
            Assert.Equal(5ul, new ImageModel(new TensorFile(first, File.Length), 5).Hash);
        }
    }

    [Fact]
    public unsafe void A_file_without_its_tensors_is_refused()
    {
        byte[] file = Tensors.TensorBytes.Small();
        fixed (byte* first = file)
        {
            var tensors = new TensorFile(first, file.Length);
            Assert.Throws<InvalidDataException>(() => new ImageModel(tensors, 0));
        }
    }
}
