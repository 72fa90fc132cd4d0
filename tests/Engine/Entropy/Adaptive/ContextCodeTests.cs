using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>Symbols in contexts told by number: written from arrays, read in any steps.</summary>
public class ContextCodeTests
{
    static readonly byte[] Kinds = [ContextSet.Number, ContextSet.Equal, ContextSet.Bit, 3, 16];

    [Fact]
    public void Symbols_of_every_kind_come_back_in_steps_of_any_size()
    {
        var random = new Random(3);
        uint[] contexts = [.. Enumerable.Range(0, 4000).Select(_ => (uint)random.Next(Kinds.Length))];
        uint[] symbols = [.. contexts.Select(context => (uint)random.NextInt64(Values(Kinds[context])))];
        byte[] stream = Encoded(contexts, symbols);
        var reader = new ContextReader(new ContextSet(Kinds));
        for (int round = 0; round < 2; round++)
        {
            reader.Begin(stream);
            var back = new uint[symbols.Length];
            for (int at = 0, step = 1; at < back.Length; at += step, step = Math.Min(step + 7, back.Length - at))
            {
                Assert.Equal(OperationStatus.Done, reader.Decode(contexts.AsSpan(at, step), back.AsSpan(at, step)));
            }

            Assert.Equal(symbols, back);
            Assert.Equal(OperationStatus.Done, reader.Finish());
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_adaptive_encoder()
    {
        int[] bits = [0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0];
        var own = new AdaptiveBit[2];
        var expected = new byte[16];
        var encoder = new AdaptiveEncoder(expected);
        for (int i = 0; i < bits.Length; i++)
        {
            encoder.Encode(ref own[i == 0 ? 0 : bits[i - 1]], bits[i]);
        }

        encoder.Finish(out int length);
        uint[] contexts = [0, .. bits[..^1].Select(bit => (uint)bit)];
        byte[] stream = new byte[64];
        ContextCode.Encode(new ContextSet([2, 2]), contexts, [.. bits.Select(bit => (uint)bit)], stream, out int written);
        Assert.Equal(expected[..length], stream[..written]);
    }

    [Fact]
    public void The_bound_holds_the_costliest_symbols()
    {
        // Each symbol is the least likely one after a long row of others.
        uint[] symbols = [.. Enumerable.Range(0, 40).SelectMany(_ => Enumerable.Repeat(0u, 500).Append(uint.MaxValue))];
        uint[] alone = [.. Enumerable.Repeat(uint.MaxValue, 1)];
        Assert.InRange(Encoded(new uint[symbols.Length], symbols).Length, 40 * 5, ContextCode.MaxEncodedBytes(40) + 2000);
        Assert.InRange(Encoded(new uint[1], alone).Length, 1, ContextCode.MaxEncodedBytes(1));
    }

    [Fact]
    public void A_stream_cut_short_is_told_in_time()
    {
        uint[] contexts = [.. Enumerable.Repeat(1u, 300)];
        byte[] stream = Encoded(contexts, [.. Enumerable.Range(0, 300).Select(i => (uint)(i * 199 % 65536))]);
        var reader = new ContextReader(new ContextSet(Kinds));
        reader.Begin(stream.AsSpan(0, 100));
        var back = new uint[300];
        Assert.Equal(OperationStatus.NeedMoreData, reader.Decode(contexts, back));
        Assert.All(back, symbol => Assert.Equal(0u, symbol));
        Assert.Equal(OperationStatus.NeedMoreData, reader.Finish());
    }

    [Fact]
    public void What_cannot_be_coded_is_refused()
    {
        var set = new ContextSet(Kinds);
        byte[] room = new byte[64];
        Assert.ThrowsAny<ArgumentException>(() => ContextCode.Encode(set, [5], [0], room, out _));
        Assert.ThrowsAny<ArgumentException>(() => ContextCode.Encode(set, [3], [3], room, out _));
        Assert.ThrowsAny<ArgumentException>(() => ContextCode.Encode(set, [1], [65536], room, out _));
        Assert.ThrowsAny<ArgumentException>(() => ContextCode.Encode(set, [1], [], room, out _));
        Assert.ThrowsAny<ArgumentException>(() => new ContextSet([17]));
        Assert.ThrowsAny<ArgumentException>(() => new ContextSet([]));
        Assert.ThrowsAny<ArgumentException>(() => new ContextReader(set).Decode([5], new uint[1]));
    }

    static long Values(byte kind) => kind switch { ContextSet.Number => 1L << 32, ContextSet.Equal => 1 << 16, _ => kind };

    static byte[] Encoded(uint[] contexts, uint[] symbols)
    {
        byte[] stream = new byte[ContextCode.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(
            OperationStatus.Done, ContextCode.Encode(new ContextSet(Kinds), contexts, symbols, stream, out int written));
        return stream[..written];
    }
}
