using System.Buffers.Binary;
using System.Text;
using Lacuna.Tensors;

namespace Lacuna.Tests.Engine.Tensors;

/// <summary>Makes safetensors files, right ones and wrong ones, and reads them.</summary>
static class TensorBytes
{
    /// <summary>A file of a JSON header and data, its length field right.</summary>
    public static byte[] Make(string json, params byte[] data) => Make(Encoding.UTF8.GetBytes(json), data);

    public static byte[] Make(byte[] json, byte[] data)
    {
        var file = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        data.CopyTo(file, 8 + json.Length);
        return file;
    }

    /// <summary>A small file of two tensors, "m" [2, 3] of bfloat16 and "v" [2] of float32.</summary>
    public static byte[] Small() => Make(
        """
        {"__metadata__":{"made by":"a test"},
         "m":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},
         "v":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}
        """,
        [0x80, 0x3F, 0x00, 0xC0, 0, 0, 0, 0x80, 0x80, 0x7F, 1, 0, 0, 0, 0x20, 0x41, 1, 0, 0, 0]);

    /// <summary>Opens a file and, where it has such, reads the tensors of <see cref="Small"/>.</summary>
    /// <exception cref="InvalidDataException">As <see cref="TensorFile"/> promises.</exception>
    public static unsafe (float[] Matrix, float[] Vector) Read(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            var file = new TensorFile(first, bytes.Length);
            return (file.Read("m", 2, 3), file.Read("v", 2));
        }
    }

    public static unsafe float[] Read(byte[] bytes, string name, params int[] shape)
    {
        fixed (byte* first = bytes)
        {
            return new TensorFile(first, bytes.Length).Read(name, shape);
        }
    }
}
