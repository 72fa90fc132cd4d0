using System.Text;
using Lacuna.Onnx;

namespace Lacuna.Tests.Engine.Onnx;

/// <summary>Writes small ONNX models: a protocol buffer of a graph of simple nodes.</summary>
/// <remarks>Fields: onnx.proto3. -1 as a size leaves it open.</remarks>
sealed class OnnxModel
{
    const int Varint = 0, Bytes = 2;

    readonly List<byte[]> nodes = [], inputs = [], outputs = [];

    public OnnxModel Input(string name, ElementType type, params long[] shape)
    {
        inputs.Add(Value(name, type, shape));
        return this;
    }

    public OnnxModel Output(string name, ElementType type, params long[] shape)
    {
        outputs.Add(Value(name, type, shape));
        return this;
    }

    /// <summary>A node of an operation without attributes.</summary>
    public OnnxModel Node(string operation, string output, params string[] from) => Node(operation, output, from, []);

    /// <summary>A conversion to another type.</summary>
    public OnnxModel Cast(string output, string from, ElementType type) =>
        Node("Cast", output, [from], Message(5, [.. Text(1, "to"), .. Number(3, (long)type), .. Number(20, 2)]));

    /// <summary>Writes the model to a file.</summary>
    public void Save(string path)
    {
        byte[] graph =
        [
            .. nodes.SelectMany(node => Message(1, node)),
            .. Text(2, "graph"),
            .. inputs.SelectMany(input => Message(11, input)),
            .. outputs.SelectMany(output => Message(12, output)),
        ];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 13)])]);
    }

    OnnxModel Node(string operation, string output, string[] from, byte[] attributes)
    {
        nodes.Add([.. from.SelectMany(name => Text(1, name)), .. Text(2, output), .. Text(4, operation), .. attributes]);
        return this;
    }

    static byte[] Value(string name, ElementType type, long[] shape)
    {
        byte[] sizes = [.. shape.SelectMany((size, axis) => Message(1, size < 0 ? Text(2, $"{name}{axis}") : Number(1, size)))];
        byte[] tensor = [.. Number(1, (long)type), .. Message(2, sizes)];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    static byte[] Message(int field, byte[] contents) => [.. Length((field << 3) | Bytes), .. Length(contents.Length), .. contents];

    static byte[] Number(int field, long value) => [.. Length((field << 3) | Varint), .. Length(value)];

    static List<byte> Length(long value)
    {
        List<byte> bytes = [];
        for (ulong rest = (ulong)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.Add((byte)rest);
                return bytes;
            }

            bytes.Add((byte)(rest | 0x80));
        }
    }
}
