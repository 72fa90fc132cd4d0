using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lacuna.Cli.Files.Npy;

/// <summary>Reads a NumPy file (*.npy) of floats or whole numbers as float32.</summary>
/// <remarks>Source: numpy.lib.format, versions 1.0 to 3.0; little-endian files in C order.</remarks>
static partial class NpyReader
{
    const int MostSizes = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">It is no such file, damaged, or of a kind that is not read.</exception>
    public static NpyArray Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(NpyArray.Magic) || file.Length < 12)
        {
            throw new FileFormatException("not a NumPy file (*.npy)");
        }

        bool first = file[6] == 1;
        int at = first ? 10 : 12;
        uint length = first ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (file[6] is < 1 or > 3 || length > file.Length - at)
        {
            throw new FileFormatException("the header is damaged");
        }

        Match header = Header().Match(Encoding.UTF8.GetString(file.Slice(at, (int)length)));
        if (!header.Success)
        {
            throw new FileFormatException("the header is damaged");
        }

        if (header.Groups["order"].Value == "True")
        {
            throw new FileFormatException("is in Fortran's order; numpy.ascontiguousarray mends that");
        }

        int[] shape = Shape(header.Groups["shape"].Value, out long count);
        return new NpyArray(shape, Values(header.Groups["type"].Value, file[(at + (int)length)..], count));
    }

    static int[] Shape(string text, out long count)
    {
        string[] sizes = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int[] shape = new int[Math.Min(sizes.Length, MostSizes)];
        count = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (!int.TryParse(sizes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out shape[axis]) || count > int.MaxValue)
            {
                throw new FileFormatException("has a size that is out of range");
            }

            count *= shape[axis];
        }

        return sizes.Length <= MostSizes ? shape : throw new FileFormatException($"has more than {MostSizes} sizes");
    }

    static float[] Values(string type, ReadOnlySpan<byte> data, long count)
    {
        int bytes = type is [.., var digit] ? digit - '0' : 0;
        if (type is not ("<f2" or "<f4" or "<f8" or "<i4" or "<i8"))
        {
            throw new FileFormatException($"holds elements of type '{type}', not <f2, <f4, <f8, <i4 or <i8");
        }

        if (data.Length != count * bytes)
        {
            throw new FileFormatException($"holds {data.Length} bytes of elements where its sizes make {count * bytes}");
        }

        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = data[(i * bytes)..];
            values[i] = type switch
            {
                "<f2" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                "<f4" => BinaryPrimitives.ReadSingleLittleEndian(element),
                "<f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                "<i4" => BinaryPrimitives.ReadInt32LittleEndian(element),
                _ => BinaryPrimitives.ReadInt64LittleEndian(element),
            };
        }

        return values;
    }

    [GeneratedRegex(
        """^\{'descr': '(?<type>[^']{1,9})', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[0-9, ]*)\),? *\} *\n?$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
