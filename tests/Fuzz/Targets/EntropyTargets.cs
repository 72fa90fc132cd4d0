using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Codecs;
using Lacuna.Entropy;
using Lacuna.Tests.Engine.Codecs;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="IndexedRansDecoder"/>. Input: a count of two bytes, of which 12 bits count, then the stream.</summary>
sealed class RansTarget : IFuzzTarget
{
    const int Head = sizeof(ushort);

    public string Name => "rans";

    public int Mutations => 1500;

    public long MostAllocated => 128 << 10;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        byte[] tables = Tables(BinaryPrimitives.ReadUInt16LittleEndian(input) & 0xFFF);
        var symbols = new short[tables.Length];
        var decoder = new IndexedRansDecoder(TableSet.Gaussian, input[Head..], symbols.Length);
        for (int at = 0, step = 1; at < symbols.Length; at += step, step = Math.Min(3 * step, symbols.Length - at))
        {
            AssertStatus(decoder.Decode(tables.AsSpan(at, step), symbols.AsSpan(at, step)));
        }

        OperationStatus status = decoder.Finish();
        AssertStatus(status);
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        var random = new Random(1);
        foreach ((int count, int reach) in new[] { (0, 1), (1, 1), (5, 40000), (300, 3), (1000, 400), (4000, 40) })
        {
            byte[] tables = Tables(count);
            short[] symbols =
                [.. tables.Select(table => (short)Math.Clamp(random.Next(-reach, reach + 1) * (table + 4) / 64, -32768, 32767))];
            var stream = new byte[Head + IndexedRansEncoder.MaxEncodedBytes(count)];
            BinaryPrimitives.WriteUInt16LittleEndian(stream, (ushort)count);
            IndexedRansEncoder.Encode(TableSet.Gaussian, tables, symbols, stream.AsSpan(Head), out int written);
            yield return ($"{count}-within-{reach}.rans", stream[..(Head + written)]);
        }
    }

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    static byte[] Tables(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7 % GaussianTables.Count))];

    static void AssertStatus(OperationStatus status) =>
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
}

/// <summary><see cref="LosslessPlane.Decode"/>. Input: width - 1 and height - 1 of a byte each, then the stream.</summary>
sealed class PlaneTarget : IFuzzTarget
{
    const int Head = 2;

    static byte[] Steps => [.. Enumerable.Range(0, 256 * 3).Select(i => (byte)(i % 256 < 100 ? 0 : 255))];

    public string Name => "plane";

    public int Mutations => 1500;

    public long MostAllocated => 1 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head)
        {
            return false;
        }

        (int width, int height) = (input[0] + 1, input[1] + 1);
        OperationStatus status = LosslessPlane.Decode(input[Head..], new byte[width * height], width, height, width);
        Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
        return status == OperationStatus.Done;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        Seed("smooth-40x30", Scenes.Make(40, 30, PixelLayout.Grey)),
        Seed("dot-1x1", new Picture(1, 1, PixelLayout.Grey, [200])),
        Seed("clear-64x64", new Picture(64, 64, PixelLayout.Grey, new byte[64 * 64])),
        Seed("steps-256x3", new Picture(256, 3, PixelLayout.Grey, Steps)),
    ];

    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator) =>
        mutator.Once(4) ? mutator.Change(seed, other) : [.. seed[..Head], .. mutator.Change(seed[Head..], other)];

    static (string Name, byte[] Bytes) Seed(string name, Picture plane) =>
    (
        name + ".plane",
        [(byte)(plane.Width - 1), (byte)(plane.Height - 1), .. LosslessPlane.Encode(plane.Pixels, plane.Width, plane.Height)]);
}
