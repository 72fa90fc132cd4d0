using System.Buffers.Binary;
using Lacuna.Tensors;

namespace Lacuna.Codecs.Images.Model;

/// <summary>The default model: models/image.safetensors, laid into the library when it is built.</summary>
static class EmbeddedModel
{
    const string Name = "Lacuna.image.safetensors";

    static readonly byte[] Sha256 = ReadSha256();

    /// <summary>First eight bytes of the file's SHA-256, from the text that lies beside it (a test compares them).</summary>
    public static ulong Hash { get; } = BinaryPrimitives.ReadUInt64LittleEndian(Sha256);

    public static unsafe ImageModel Load()
    {
        Stream stream = Open(Name);
        if (stream is UnmanagedMemoryStream mapped)
        {
            return Load(mapped.PositionPointer, mapped.Length); // part of the library's image, for good
        }

        byte[] bytes = Kept = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length), pinned: true);
        stream.ReadExactly(bytes);
        return Load((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref bytes[0]), bytes.Length);
    }

    /// <summary>The file, where the runtime gives no address of it: weights are read when they are first used.</summary>
    static byte[]? Kept { get; set; }

    static unsafe ImageModel Load(byte* data, long length) => new(new TensorFile(data, length), Sha256, length, isEmbedded: true);

    static byte[] ReadSha256()
    {
        using Stream stream = Open(Name + ".sha256");
        Span<byte> digits = stackalloc byte[64];
        stream.ReadExactly(digits);
        Span<char> text = stackalloc char[64];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)digits[i];
        }

        return Convert.FromHexString(text);
    }

    static Stream Open(string name) =>
        typeof(EmbeddedModel).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"This library was built without its resource '{name}'.");
}
