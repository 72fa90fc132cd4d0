using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Tensors;

/// <summary>Reads a safetensors file: named tensors; those of bfloat16, float16 and float32 as float32.</summary>
/// <remarks>Format: docs/format.md, section 5. The bytes are borrowed for as long as the reader is used.</remarks>
public sealed unsafe class TensorFile
{
    readonly byte* data;
    readonly long length;
    readonly Dictionary<string, Entry> entries = [];
    readonly Dictionary<string, string> metadata = [];

    /// <summary>Reads the table of contents.</summary>
    /// <param name="bytes">The file; stays the caller's, and must outlive this object.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, or a tensor lies outside it.</exception>
    public TensorFile(byte* bytes, long count)
    {
        ulong header = count < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(bytes, 8));
        if (header > (ulong)Math.Max(count - 8, 0) || header > int.MaxValue)
        {
            throw new InvalidDataException("The tensor file is cut short, or is none.");
        }

        data = bytes + 8 + header;
        length = count - 8 - (long)header;
        try
        {
            ReadContents(new ReadOnlySpan<byte>(bytes + 8, (int)header));
        }
        catch (Exception error) when (error is FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The tensor file's header is not valid: {error.Message}", error);
        }
    }

    /// <summary>Names of all tensors, in no particular order.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Numbers in all tensors.</summary>
    public long Elements
    {
        get
        {
            long sum = 0;
            foreach (Entry entry in entries.Values)
            {
                sum += entry.Count;
            }

            return sum;
        }
    }

    /// <summary>A line of the file's metadata, or null where there is none of that name.</summary>
    public string? Metadata(string key) => metadata.GetValueOrDefault(key);

    /// <summary>A tensor's shape, outermost first; false where there is no such tensor.</summary>
    public bool TryGetShape(string name, out ReadOnlySpan<int> shape)
    {
        bool found = entries.TryGetValue(name, out Entry entry);
        shape = entry.Shape;
        return found;
    }

    /// <summary>A tensor's values as float32.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">
    /// There is no such tensor, it has another shape, or its type is none of BF16, F16 and F32.
    /// </exception>
    public float[] Read(string name, params ReadOnlySpan<int> shape)
    {
        Entry entry = Find(name, shape);
        var values = new float[entry.Count];
        Widen(entry, values);
        return values;
    }

    /// <summary>Copies a tensor's values as float32.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="destination">As long as the tensor.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">As of <see cref="Read(string, ReadOnlySpan{int})"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void Read(string name, Span<float> destination, params ReadOnlySpan<int> shape)
    {
        Entry entry = Find(name, shape);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, entry.Count, nameof(destination));
        Widen(entry, destination);
    }

    /// <summary>Whether none of a tensor's values is infinite or a NaN.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">As of <see cref="Read(string, ReadOnlySpan{int})"/>.</exception>
    public bool IsFinite(string name, params ReadOnlySpan<int> shape)
    {
        Entry entry = Find(name, shape);
        ReadOnlySpan<byte> bytes = BytesOf(entry);
        if (entry.Type == "F32")
        {
            return FindNonFinite.Run(MemoryMarshal.Cast<byte, float>(bytes)) < 0;
        }

        uint exponent = entry.Type == "BF16" ? 0x7F80u : 0x7C00;
        bool finite = true;
        foreach (ushort half in MemoryMarshal.Cast<byte, ushort>(bytes))
        {
            finite &= (half & exponent) != exponent;
        }

        return finite;
    }

    Entry Find(string name, ReadOnlySpan<int> shape)
    {
        if (!entries.TryGetValue(name, out Entry entry))
        {
            throw new InvalidDataException($"The file lacks the tensor '{name}'.");
        }

        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidDataException(
                $"The tensor '{name}' has the shape [{Listed(entry.Shape)}], not [{Listed(shape)}].");
        }

        if (entry.Type is not ("BF16" or "F16" or "F32"))
        {
            throw new InvalidDataException($"The tensor '{name}' is of type {entry.Type}; only BF16, F16 and F32 are read.");
        }

        if (entry.End - entry.Begin > int.MaxValue)
        {
            throw new InvalidDataException($"The tensor '{name}' has more than {int.MaxValue} bytes.");
        }

        return entry;
    }

    static string Listed(ReadOnlySpan<int> shape) => string.Join(", ", shape.ToArray().Select(side => $"{side}"));

    ReadOnlySpan<byte> BytesOf(Entry entry) => new(data + entry.Begin, (int)(entry.End - entry.Begin));

    void Widen(Entry entry, Span<float> values)
    {
        ReadOnlySpan<byte> source = BytesOf(entry);
        string type = entry.Type;
        if (type == "F32")
        {
            MemoryMarshal.Cast<byte, float>(source).CopyTo(values);
            return;
        }

        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type == "BF16"
                ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    void ReadContents(ReadOnlySpan<byte> header)
    {
        var json = new JsonReader(header);
        json.BeginObject();
        while (json.NextField(out string name))
        {
            if (name == "__metadata__")
            {
                ReadMetadata(ref json);
            }
            else
            {
                entries[name] = ReadEntry(name, ref json);
            }
        }
    }

    void ReadMetadata(ref JsonReader json)
    {
        json.BeginObject();
        while (json.NextField(out string key))
        {
            metadata[key] = TextOrNothing(ref json);
        }
    }

    Entry ReadEntry(string name, ref JsonReader json)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        json.BeginObject();
        while (json.NextField(out string field))
        {
            switch (field)
            {
                case "dtype": type = TextOrNothing(ref json); break;
                case "shape": shape = Numbers(ref json); break;
                case "data_offsets": offsets = Numbers(ref json); break;
                default: json.Skip(); break;
            }
        }

        return type is null || shape is null || offsets is null
            ? throw new InvalidDataException($"The tensor '{name}' lacks its type, shape or offsets.")
            : Check(name, type, shape, offsets);
    }

    static string TextOrNothing(ref JsonReader json)
    {
        bool isNull = json.Kind == JsonKind.Null;
        return isNull && json.Skip().Length > 0 ? "" : json.Text();
    }

    static List<long> Numbers(ref JsonReader json)
    {
        List<long> numbers = [];
        json.BeginArray();
        while (json.NextItem())
        {
            numbers.Add(json.Whole());
        }

        return numbers;
    }

    Entry Check(string name, string type, List<long> sides, List<long> offsets)
    {
        int size = BytesOf(type);
        if (size == 0)
        {
            throw new InvalidDataException($"The tensor '{name}' is of type {type}, which is not known.");
        }

        if (offsets is not [long begin, long end])
        {
            throw new InvalidDataException($"The tensor '{name}' wants two offsets.");
        }

        int[] shape = sides.Select(side => side is >= 0 and <= int.MaxValue ? (int)side : -1);
        long count = 1;
        foreach (int side in shape)
        {
            count = side < 0 || count > int.MaxValue ? long.MaxValue / 8 : count * side;
        }

        if (count > int.MaxValue || begin < 0 || end < begin || end > length || end - begin != count * size || begin % size != 0)
        {
            throw new InvalidDataException($"The tensor '{name}' does not lie within the file.");
        }

        return new Entry(type, shape, begin, end, (int)count);
    }

    static int BytesOf(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "BF16" or "F16" or "U16" or "I16" => 2,
        "F32" or "U32" or "I32" => 4,
        "F64" or "U64" or "I64" => 8,
        _ => 0,
    };

    readonly struct Entry(string type, int[] shape, long begin, long end, int count)
    {
        public string Type => type;

        public int[] Shape => shape;

        public long Begin => begin;

        public long End => end;

        public int Count => count;
    }
}
