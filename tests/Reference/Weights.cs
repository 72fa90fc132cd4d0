using System.Buffers.Binary;
using System.Text.Json;

namespace Lacuna.Tests.Reference;

/// <summary>A model's tensors by name, and its layers as docs/format.md, sections 5 and 5.1, tells them.</summary>
sealed class Weights(IReadOnlyDictionary<string, float[]> tensors)
{
    const int LevelRows = 10;

    public float[] this[string name] => tensors[name];

    /// <summary>Reads a safetensors file.</summary>
    public static Weights Load(byte[] file)
    {
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument contents = JsonDocument.Parse(file.AsMemory(8, header));
        return new Weights(contents.RootElement.EnumerateObject()
            .Where(property => property.Name != "__metadata__")
            .ToDictionary(property => property.Name, property => Floats(property.Value, file.AsSpan(8 + header))));
    }

    public Map Pointwise(string name, Map x) => PlainLayers.Pointwise(x, this[name + ".weight"], this[name + ".bias"]);

    /// <summary>A pointwise layer whose bias has a table's vector added, repeated to its length.</summary>
    public Map Pointwise(string name, Map x, string table, double level)
    {
        float[] addend = At(table, level);
        return PlainLayers.Pointwise(x, this[name + ".weight"], [.. this[name + ".bias"].Select((b, i) => b + addend[i % addend.Length])]);
    }

    public Map Depthwise(string name, Map x) => PlainLayers.Depthwise(x, this[name + ".weight"], this[name + ".bias"]);

    public Map Block(string name, Map x)
    {
        Map mixed = PlainLayers.Activate(Pointwise(name + ".mix_in", x));
        x = PlainLayers.Sum(x, Pointwise(name + ".mix_out", Depthwise(name + ".depthwise", mixed)));
        Map wide = PlainLayers.Activate(Pointwise(name + ".expand", x));
        return PlainLayers.Sum(x, Pointwise(name + ".reduce", wide));
    }

    /// <summary>A table's vector at a level between 0 and 9.</summary>
    public float[] At(string name, double level)
    {
        float[] table = this[name];
        int channels = table.Length / LevelRows;
        int row = Math.Min((int)Math.Floor(level), 8);
        float share = (float)(level - row);
        var values = new float[channels];
        for (int i = 0; i < channels; i++)
        {
            float low = table[row * channels + i], high = table[(row + 1) * channels + i];
            values[i] = MathF.FusedMultiplyAdd(share, high - low, low);
        }

        return values;
    }

    static float[] Floats(JsonElement entry, ReadOnlySpan<byte> data)
    {
        data = data[entry.GetProperty("data_offsets")[0].GetInt32()..entry.GetProperty("data_offsets")[1].GetInt32()];
        bool half = entry.GetProperty("dtype").GetString() == "BF16";
        var values = new float[data.Length / (half ? 2 : 4)];
        for (int i = 0; i < values.Length; i++)
        {
            uint bits = half
                ? (uint)BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * i)..]) << 16
                : BinaryPrimitives.ReadUInt32LittleEndian(data[(4 * i)..]);
            values[i] = BitConverter.UInt32BitsToSingle(bits);
        }

        return values;
    }
}
