using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Entropy;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary>
/// <see cref="AdaptiveDecoder"/>. Input: a count of one byte, then the stream of so many groups of bits, symbols and numbers.
/// </summary>
sealed class DecisionsTarget : IFuzzTarget
{
    const int TreeBits = 5;
    const int EqualBits = 7;
    const int SymbolValues = 9;

    public string Name => "decisions";

    public int Mutations => 500;

    public long MostAllocated => 16 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return false;
        }

        var decoder = new AdaptiveDecoder(input[1..]);
        var contexts = new AdaptiveBit[3];
        var tree = new AdaptiveBit[1 << TreeBits];
        var symbol = new AdaptiveSymbol(SymbolValues);
        var number = new AdaptiveNumber();
        bool inRange = true;
        for (int i = 0; i < input[0]; i++)
        {
            inRange &= decoder.Decode(ref contexts[i % 3]) is 0 or 1;
            inRange &= decoder.DecodeTree(tree, TreeBits) is >= 0 and < 1 << TreeBits;
            inRange &= decoder.DecodeEqual(EqualBits) < 1u << EqualBits;
            inRange &= decoder.Decode(ref symbol) is >= 0 and < SymbolValues;
            decoder.Decode(number);
        }

        Assert.True(inRange);
        OperationStatus status = decoder.Finish();
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() => [Seed(0), Seed(1), Seed(40), Seed(255)];

    static (string Name, byte[] Bytes) Seed(int groups)
    {
        var stream = new byte[4000];
        var encoder = new AdaptiveEncoder(stream);
        var contexts = new AdaptiveBit[3];
        var tree = new AdaptiveBit[1 << TreeBits];
        var symbol = new AdaptiveSymbol(SymbolValues);
        var number = new AdaptiveNumber();
        for (int i = 0; i < groups; i++)
        {
            encoder.Encode(ref contexts[i % 3], i % 5 == 0 ? 1 : 0);
            encoder.EncodeTree(tree, TreeBits, i * i % 11);
            encoder.EncodeEqual((uint)i % (1u << EqualBits), EqualBits);
            encoder.Encode(ref symbol, i % 4);
            encoder.Encode(number, (uint)(i * i * i));
        }

        Assert.Equal(OperationStatus.Done, encoder.Finish(out int written));
        return ($"groups-{groups}.decisions", [(byte)groups, .. stream[..written]]);
    }
}

/// <summary><see cref="AdaptiveBytes.Decode"/>. Input: a count of two bytes, then the stream.</summary>
sealed class AdaptiveBytesTarget : IFuzzTarget
{
    const int Head = sizeof(ushort);

    public string Name => "adaptive-bytes";

    public int Mutations => 1500;

    public long MostAllocated => 128 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        OperationStatus status = AdaptiveBytes.Decode(input[Head..], new byte[BinaryPrimitives.ReadUInt16LittleEndian(input)]);
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
        [Seed(0, 0), Seed(1, 0), Seed(30, 0), Seed(700, 1), Seed(700, 8), Seed(40_000, 1)];

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    static (string Name, byte[] Bytes) Seed(int count, int models)
    {
        var random = new Random(1);
        byte[] bytes = [.. Enumerable.Range(0, count).Select(_ => (byte)(random.Next(6) * random.Next(3)))];
        var stream = new byte[Head + AdaptiveBytes.MaxEncodedBytes(count)];
        BinaryPrimitives.WriteUInt16LittleEndian(stream, (ushort)count);
        AdaptiveBytes.Encode(bytes, stream.AsSpan(Head), out int written, models);
        return ($"{count}-by-{models}.adaptive", stream[..(Head + written)]);
    }
}
