using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lacuna.Tensors;

/// <summary>Writes a safetensors file of float32 tensors, which <see cref="TensorFile"/> and the safetensors library read.</summary>
/// <remarks>
/// The same tensors give the same bytes: tensors and metadata stand in the order in which they were added. The header is filled up with
/// spaces to a multiple of 8 bytes, so that the data are aligned.
/// </remarks>
public sealed class TensorFileWriter
{
    readonly List<(string Name, int[] Shape, float[] Values)> tensors = [];
    readonly List<(string Key, string Value)> metadata = [];

    /// <summary>Adds a line of metadata.</summary>
    public void AddMetadata(string key, string value) => metadata.Add((key, value));

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name; no other tensor may have it.</param>
    /// <param name="values">Its values, the last dimension contiguous; copied.</param>
    /// <param name="shape">Its shape, outermost first.</param>
    /// <exception cref="ArgumentException">The shape does not fit the values, or the name is taken.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int side in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(side, nameof(shape));
            count = checked(count * side);
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count, nameof(values));
        if (tensors.Exists(tensor => tensor.Name == name))
        {
            throw new ArgumentException($"There is a tensor '{name}' already.", nameof(name));
        }

        tensors.Add((name, shape.ToArray(), values.ToArray()));
    }

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        byte[] header = MakeHeader();
        var file = new byte[checked(sizeof(ulong) + header.Length + tensors.ToArray().Sum(tensor => sizeof(float) * tensor.Values.Length))];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, sizeof(ulong));
        int at = sizeof(ulong) + header.Length;
        foreach ((_, _, float[] values) in tensors)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
            bytes.CopyTo(file.AsSpan(at));
            at += bytes.Length;
        }

        return file;
    }

    byte[] MakeHeader()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json);
            long offset = 0;
            foreach ((string name, int[] shape, float[] values) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", shape.Select(side => (long)side));
                WriteNumbers(json, "data_offsets", [offset, offset += sizeof(float) * (long)values.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    void WriteMetadata(Utf8JsonWriter json)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        metadata.ForEach(line => json.WriteString(line.Key, line.Value));
        json.WriteEndObject();
    }

    static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
