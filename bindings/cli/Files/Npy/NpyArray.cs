using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Lacuna.Cli.Files.Npy;

/// <summary>An array of a .npy file: its element type, shape and bytes.</summary>
/// <remarks>
/// Versions 1 to 3, C order, little-endian, as numpy writes them. Format: numpy, <c>numpy/lib/format.py</c>.
/// </remarks>
/// <param name="Type">As in the file, without the byte order: f4, i8 and so on.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Data">The elements.</param>
sealed partial record NpyArray(string Type, int[] Shape, ReadOnlyMemory<byte> Data)
{
    const int PrefixBytes = 8;
    const int HeaderAlignment = 64;

    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Elements.</summary>
    public long Count => Product(Shape);

    /// <summary>Whether a file begins as .npy files do.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">The file is damaged, or of a kind that is not read.</exception>
    public static NpyArray Read(ReadOnlyMemory<byte> file)
    {
        string header = ReadHeader(file.Span, out int start);
        Match description = Descr().Match(header), order = Order().Match(header), shape = ShapeText().Match(header);
        if (!description.Success || !order.Success || !shape.Success)
        {
            throw new FileFormatException("the .npy header is not valid");
        }

        if (order.Groups[1].Value == "True")
        {
            throw new FileFormatException("the array lies in Fortran order; save it with numpy.ascontiguousarray");
        }

        string type = description.Groups[2].Value;
        if (description.Groups[1].Value == ">" || BytesOf(type) == 0)
        {
            throw new FileFormatException($"elements of type '{description.Groups[1].Value}{type}' are not read");
        }

        int[] sides = ReadShape(shape.Groups[1].Value);
        ReadOnlyMemory<byte> data = file[start..];
        return Product(sides) <= data.Length && Product(sides) * BytesOf(type) == data.Length
            ? new NpyArray(type, sides, data)
            : throw new FileFormatException("the array's shape does not fit the file's length");
    }

    /// <summary>The elements as float32.</summary>
    /// <exception cref="FileFormatException">They are no floating-point numbers.</exception>
    public float[] ToSingles() => Type switch
    {
        "f4" => MemoryMarshal.Cast<byte, float>(Data.Span).ToArray(),
        "f2" => Convert<Half, float>(value => (float)value),
        "f8" => Convert<double, float>(value => (float)value),
        _ => throw new FileFormatException($"its elements are of type {Type}, not floats"),
    };

    /// <summary>The elements as 64-bit integers.</summary>
    /// <exception cref="FileFormatException">They are no integers.</exception>
    public long[] ToIntegers() => Type switch
    {
        "i8" => MemoryMarshal.Cast<byte, long>(Data.Span).ToArray(),
        "i4" => Convert<int, long>(value => value),
        "i2" => Convert<short, long>(value => value),
        "u1" => Convert<byte, long>(value => value),
        "u2" => Convert<ushort, long>(value => value),
        "u4" => Convert<uint, long>(value => value),
        _ => throw new FileFormatException($"its elements are of type {Type}, not integers"),
    };

    /// <summary>Writes a file of version 1.</summary>
    /// <param name="elements">Little-endian float32 or int64, by <typeparamref name="T"/>.</param>
    /// <param name="shape">Outermost first.</param>
    public static byte[] Write<T>(ReadOnlySpan<T> elements, params int[] shape)
        where T : unmanaged
    {
        string type = typeof(T) == typeof(float) ? "<f4" : typeof(T) == typeof(long) ? "<i8" : throw new NotSupportedException();
        string sides = string.Join(", ", shape) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sides}), }}";
        int length = (PrefixBytes + 2 + header.Length + HeaderAlignment) / HeaderAlignment * HeaderAlignment;
        ReadOnlySpan<byte> data = MemoryMarshal.AsBytes(elements);
        var file = new byte[length + data.Length];
        Magic.CopyTo(file);
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(PrefixBytes), (ushort)(length - PrefixBytes - 2));
        file.AsSpan(PrefixBytes + 2, length - PrefixBytes - 2).Fill((byte)' ');
        Encoding.ASCII.GetBytes(header, file.AsSpan(PrefixBytes + 2));
        file[length - 1] = (byte)'\n';
        data.CopyTo(file.AsSpan(length));
        return file;
    }

    static string ReadHeader(ReadOnlySpan<byte> file, out int start)
    {
        int lengthBytes = file.Length > PrefixBytes && file[6] > 1 ? sizeof(uint) : sizeof(ushort);
        if (file.Length < PrefixBytes + lengthBytes || !IsNpy(file) || file[6] is 0 or > 3)
        {
            throw new FileFormatException("the .npy header is not valid");
        }

        uint length = lengthBytes == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(file[PrefixBytes..])
            : BinaryPrimitives.ReadUInt32LittleEndian(file[PrefixBytes..]);
        if (length > (uint)(file.Length - PrefixBytes - lengthBytes))
        {
            throw new FileFormatException("the .npy header ends too soon");
        }

        start = PrefixBytes + lengthBytes + (int)length;
        return Encoding.Latin1.GetString(file[(PrefixBytes + lengthBytes)..start]);
    }

    static int[] ReadShape(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new FileFormatException("the .npy header's shape is not valid");
            }
        }

        return shape;
    }

    static int BytesOf(string type) => type switch
    {
        "u1" => 1,
        "f2" or "i2" or "u2" => 2,
        "f4" or "i4" or "u4" => 4,
        "f8" or "i8" => 8,
        _ => 0,
    };

    static long Product(int[] sides)
    {
        long product = 1;
        foreach (int side in sides)
        {
            product = product > int.MaxValue ? long.MaxValue / 16 : product * side;
        }

        return Math.Min(product, long.MaxValue / 16);
    }

    TTo[] Convert<TFrom, TTo>(Func<TFrom, TTo> convert)
        where TFrom : unmanaged
    {
        ReadOnlySpan<TFrom> elements = MemoryMarshal.Cast<byte, TFrom>(Data.Span);
        var converted = new TTo[elements.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            converted[i] = convert(elements[i]);
        }

        return converted;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>|=]?)(\w+)['"]""")]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex Order();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeText();
}
