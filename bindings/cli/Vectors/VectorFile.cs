using System.Runtime.InteropServices;
using Lacuna.Cli.Commands;
using Lacuna.Cli.Files;
using Lacuna.Cli.Files.Npy;

namespace Lacuna.Cli.Vectors;

/// <summary>Vectors of a .npy file or of a raw one.</summary>
/// <param name="Dimensions">Elements of a vector.</param>
/// <param name="Elements">Shape [vectors, dimensions].</param>
sealed record VectorFile(int Dimensions, float[] Elements)
{
    public static OptionSpec DimensionsOption { get; } = new("--dimensions", "N",
        "Elements of a vector; a .npy file's last side unless given, and needed for raw files.");

    /// <summary>Vectors.</summary>
    public int Count => Elements.Length / Dimensions;

    /// <summary>Reads a file: .npy by its first bytes, else raw little-endian float32.</summary>
    /// <exception cref="FileFault">It cannot be read, or its length is no whole number of vectors.</exception>
    /// <exception cref="UsageException">A raw file wants --dimensions.</exception>
    public static VectorFile Read(string path, CommandLine line, Host host)
    {
        var asked = (int?)line.Whole(DimensionsOption.Name, 1, int.MaxValue);
        ReadOnlyMemory<byte> bytes = InputFile.Read(path, host.Input);
        try
        {
            return NpyArray.IsNpy(bytes.Span) ? OfArray(NpyArray.Read(bytes), asked) : OfRaw(bytes.Span, asked);
        }
        catch (FileFormatException fault)
        {
            throw new FileFault(path, fault.Message);
        }
    }

    /// <summary>The bytes of a file of vectors.</summary>
    public static byte[] Write(ReadOnlySpan<float> elements, int dimensions, bool isRaw) => isRaw
        ? MemoryMarshal.AsBytes(elements).ToArray()
        : NpyArray.Write(elements, elements.Length / dimensions, dimensions);

    static VectorFile OfArray(NpyArray array, int? asked)
    {
        int dimensions = asked ?? (array.Shape.Length > 1 ? array.Shape[^1] : 1);
        return Whole(array.ToSingles(), dimensions);
    }

    static VectorFile OfRaw(ReadOnlySpan<byte> bytes, int? asked)
    {
        int dimensions = asked ?? throw new UsageException("raw files of float32 want --dimensions");
        return bytes.Length % sizeof(float) == 0
            ? Whole(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), dimensions)
            : throw new FileFormatException($"{bytes.Length} bytes are no whole number of float32");
    }

    static VectorFile Whole(float[] elements, int dimensions) => dimensions > 0 && elements.Length % dimensions == 0
        ? new VectorFile(dimensions, elements)
        : throw new FileFormatException($"{elements.Length} elements are no whole number of vectors of {dimensions}");
}
