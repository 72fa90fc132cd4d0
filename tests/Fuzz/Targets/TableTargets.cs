using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Entropy;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="TableSetCode.Read"/>. Input: the code of a set.</summary>
sealed class TableSetTarget : IFuzzTarget
{
    const int MaxTables = 16;

    public string Name => "tables";

    public int Mutations => 1500;

    public long MostAllocated => 512 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        OperationStatus status = TableSetCode.Read(input, out TableSet? set, out int consumed, MaxTables);
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        Assert.Equal(status == OperationStatus.Done, set is not null);
        Assert.InRange(consumed, 0, input.Length);
        Assert.True(set is null || set == TableSet.Gaussian || set == TableSet.Laplace || set.Count <= MaxTables);
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        yield return Seed("gaussian", TableSet.Gaussian);
        yield return Seed("one", new TableSet(new FrequencyTable(-1, [1, 2, 3])));
        yield return Seed("shifted", new TableSet(LaplaceTables.Make(500), GaussianTables.Make(300), GaussianTables.Make(0.5)));
    }

    static (string Name, byte[] Bytes) Seed(string name, TableSet set)
    {
        byte[] code = new byte[TableSetCode.MaxBytes(set.Count)];
        Assert.Equal(OperationStatus.Done, TableSetCode.Write(set, code, out int written));
        return (name + ".tables", code[..written]);
    }
}

/// <summary><see cref="WideRans.Decode"/>. Input: a count of two bytes, of which 10 bits count, then the code.</summary>
sealed class WideRansTarget : IFuzzTarget
{
    const int Head = sizeof(ushort);

    public string Name => "wide";

    public int Mutations => 1500;

    public long MostAllocated => 64 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        byte[] indices = Indices(BinaryPrimitives.ReadUInt16LittleEndian(input) & 0x3FF);
        var symbols = new int[indices.Length];
        OperationStatus status = WideRans.Decode(TableSet.Laplace, indices, input[Head..], symbols);
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        Assert.True(status == OperationStatus.Done || symbols.All(symbol => symbol == 0));
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        var random = new Random(1);
        foreach ((int count, int reach, int lowBits) in new[] { (0, 1, 0), (3, int.MaxValue, 4), (200, 90, 0), (1000, 100_000, 9) })
        {
            byte[] indices = Indices(count);
            int[] symbols = [.. indices.Select(_ => random.Next(-reach, reach))];
            var code = new byte[Head + WideRans.MaxEncodedBytes(count)];
            BinaryPrimitives.WriteUInt16LittleEndian(code, (ushort)count);
            WideRans.Encode(TableSet.Laplace, indices, symbols, lowBits, code.AsSpan(Head), out int written);
            yield return ($"{count}-within-{reach}.wide", code[..(Head + written)]);
        }
    }

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    static byte[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(20 + (i * 7 % 40)))];
}
