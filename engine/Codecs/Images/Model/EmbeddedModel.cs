using System.Buffers.Binary;
using System.Text;
using Lacuna.Tensors;

namespace Lacuna.Codecs.Images.Model;

/// <summary>The default model: models/image.safetensors, laid into the library when it is built.</summary>
static class EmbeddedModel
{
    const string Name = "Lacuna.image.safetensors";

    /// <summary>First eight bytes of the file's SHA-256, from the text that lies beside it (a test compares them).</summary>
    public static ulong Hash { get; } = ReadHash();

    public static unsafe ImageModel Load()
    {
        using Stream stream = Open(Name);
        if (stream is UnmanagedMemoryStream mapped)
        {
            return new ImageModel(new TensorFile(mapped.PositionPointer, mapped.Length), Hash);
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        fixed (byte* first = bytes)
        {
            return new ImageModel(new TensorFile(first, bytes.Length), Hash);
        }
    }

    static ulong ReadHash()
    {
        using Stream stream = Open(Name + ".sha256");
        Span<byte> digits = stackalloc byte[16];
        stream.ReadExactly(digits);
        return BinaryPrimitives.ReadUInt64LittleEndian(Convert.FromHexString(Encoding.ASCII.GetString(digits)));
    }

    static Stream Open(string name) =>
        typeof(EmbeddedModel).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"This library was built without its resource '{name}'.");
}
