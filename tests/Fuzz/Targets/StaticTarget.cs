using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Entropy;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="StaticRansDecoder.DecodeBlock"/>. Input: a count of two bytes, then the block: a table and its stream.</summary>
sealed class StaticTarget : IFuzzTarget
{
    const int Head = sizeof(ushort);

    readonly StaticTable table = new();

    public string Name => "static";

    public int Mutations => 1500;

    public long MostAllocated => 128 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        byte[] symbols = new byte[BinaryPrimitives.ReadUInt16LittleEndian(input)];
        OperationStatus status = StaticRansDecoder.DecodeBlock(table, input[Head..], symbols);
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        Assert.True(status == OperationStatus.Done || !symbols.AsSpan().ContainsAnyExcept((byte)0));
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        yield return Seed("none", [], 0);
        yield return Seed("one-symbol", new byte[300], 0);
        yield return Seed("two-symbols", [.. Enumerable.Range(0, 90).Select(i => (byte)(i % 7 == 0 ? 66 : 65))], 0);
        foreach (int lanes in new[] { 1, 4, 32, 64, 128, 256 })
        {
            yield return Seed($"gaussian-{lanes}-lanes", StaticInputs.Gaussian(lanes, 200 + (8 * lanes), bits: 3), lanes);
        }
    }

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    (string Name, byte[] Bytes) Seed(string name, byte[] symbols, int lanes)
    {
        byte[] stream = new byte[Head + StaticRansEncoder.MaxEncodedBytes(symbols.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(stream, (ushort)symbols.Length);
        Assert.Equal(OperationStatus.Done, StaticRansEncoder.EncodeBlock(table, symbols, stream.AsSpan(Head), out int written, lanes));
        return (name + ".static", stream[..(Head + written)]);
    }
}
