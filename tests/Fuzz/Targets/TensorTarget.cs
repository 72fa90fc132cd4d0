using System.Buffers.Binary;
using Lacuna.Tensors;
using Lacuna.Tests.Engine.Tensors;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="TensorFile"/>, and reading the tensors that its seeds have.</summary>
sealed class TensorTarget : IFuzzTarget
{
    public string Name => "tensors";

    public int Mutations => 1000;

    public long MostAllocated => 1 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        try
        {
            (float[] matrix, float[] vector) = TensorBytes.Read(input);
            Assert.Equal((6, 2), (matrix.Length, vector.Length));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("two-tensors.safetensors", TensorBytes.Small()),
        ("no-metadata.safetensors", TensorBytes.Make(
            """{"v":{"shape":[2],"data_offsets":[0,8],"dtype":"F32"},"m":{"data_offsets":[8,20],"dtype":"BF16","shape":[2,3]}}""",
            new byte[20])),
    ];

    /// <summary>Half the changes are to the header's text, with its length right.</summary>
    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        ulong length = seed.Length < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(seed);
        return mutator.Once(2) || length > (ulong)seed.Length - 8
            ? mutator.Change(seed, other)
            : TensorBytes.Make(mutator.Change(seed[8..(8 + (int)length)], other), seed[(8 + (int)length)..]);
    }
}
