using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lacuna.Networks;

/// <summary>Reads a safetensors file: named tensors of bfloat16 or float32.</summary>
/// <remarks>Format: docs/format.md, section 5. The bytes are borrowed for as long as the reader is used.</remarks>
public sealed unsafe class TensorFile
{
    readonly byte* data;
    readonly long length;
    readonly Dictionary<string, Entry> entries = [];

    /// <summary>Reads the table of contents.</summary>
    /// <param name="bytes">The file; stays the caller's, and must outlive this object.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, or a tensor lies outside it.</exception>
    public TensorFile(byte* bytes, long count)
    {
        ulong header = count < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(bytes, 8));
        if (header > (ulong)Math.Max(count - 8, 0) || header > int.MaxValue)
        {
            throw new InvalidDataException("The model file is cut short, or is none.");
        }

        data = bytes + 8 + header;
        length = count - 8 - (long)header;
        try
        {
            ReadContents(new ReadOnlySpan<byte>(bytes + 8, (int)header));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The model file's header is not valid: {error.Message}", error);
        }
    }

    /// <summary>A tensor's values as float32.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <exception cref="InvalidDataException">There is no such tensor, or it has another shape.</exception>
    public float[] Read(string name, params ReadOnlySpan<int> shape)
    {
        if (!entries.TryGetValue(name, out Entry entry))
        {
            throw new InvalidDataException($"The model file lacks the tensor '{name}'.");
        }

        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new InvalidDataException(
                $"The tensor '{name}' has the shape [{string.Join(", ", entry.Shape)}], not [{string.Join(", ", shape.ToArray())}].");
        }

        var source = new ReadOnlySpan<byte>(data + entry.Begin, checked((int)(entry.End - entry.Begin)));
        var values = new float[entry.Count];
        if (entry.IsHalf)
        {
            ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(source);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
            }
        }
        else
        {
            MemoryMarshal.Cast<byte, float>(source).CopyTo(values);
        }

        return values;
    }

    void ReadContents(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name != "__metadata__")
            {
                entries[property.Name] = Check(property.Name, property.Value);
            }
        }
    }

    Entry Check(string name, JsonElement value)
    {
        string type = value.GetProperty("dtype").GetString() ?? "";
        if (type is not ("BF16" or "F32"))
        {
            throw new InvalidDataException($"The tensor '{name}' is of type {type}; only BF16 and F32 are known.");
        }

        int[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        if (value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray() is not [long begin, long end])
        {
            throw new InvalidDataException($"The tensor '{name}' wants two offsets.");
        }

        long count = 1;
        foreach (int side in shape)
        {
            count = side < 0 || count > int.MaxValue ? long.MaxValue / 8 : count * side;
        }

        int size = type == "BF16" ? 2 : 4;
        if (count > int.MaxValue || begin < 0 || end < begin || end > length || end - begin != count * size || begin % size != 0)
        {
            throw new InvalidDataException($"The tensor '{name}' does not lie within the model file.");
        }

        return new Entry(type == "BF16", shape, begin, end, (int)count);
    }

    readonly record struct Entry(bool IsHalf, int[] Shape, long Begin, long End, int Count);
}
