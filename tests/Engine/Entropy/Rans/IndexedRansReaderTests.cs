using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>The decoder that lives on: many streams in many steps, without new memory.</summary>
public class IndexedRansReaderTests
{
    readonly byte[] indices = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7 % 64))];
    readonly short[] symbols = [.. Enumerable.Range(0, 5000).Select(i => (short)((i * 31 % 41) - 20))];

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(256)]
    public void Steps_of_any_size_give_the_symbols(int lanes)
    {
        byte[] stream = Encoded(lanes);
        var reader = new IndexedRansReader();
        var back = new short[symbols.Length];
        Assert.Equal(OperationStatus.Done, reader.Begin(TableSet.Gaussian, stream, symbols.Length));
        for (int at = 0, step = 1; at < back.Length; at += step, step = Math.Min(3 * step, back.Length - at))
        {
            reader.Decode((ReadOnlySpan<byte>)indices.AsSpan(at, step), back.AsSpan(at, step));
        }

        Assert.Equal(OperationStatus.Done, reader.Finish());
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void A_second_stream_of_the_same_length_allocates_nothing()
    {
        byte[] stream = Encoded(4);
        var reader = new IndexedRansReader();
        var back = new short[symbols.Length];
        long before = 0;
        for (int round = 0; round < 20; round++)
        {
            before = round == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
            reader.Begin(TableSet.Gaussian, stream, symbols.Length);
            reader.Decode(new ReadOnlySpan<byte>(indices), back);
            reader.Finish();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_new_reader_has_an_empty_stream()
    {
        var reader = new IndexedRansReader();
        Assert.Equal(OperationStatus.Done, reader.Decode(ReadOnlySpan<byte>.Empty, []));
        Assert.Equal(OperationStatus.Done, reader.Finish());
        Assert.ThrowsAny<ArgumentException>(() => reader.Decode((ReadOnlySpan<byte>)new byte[1], new short[1]));
    }

    byte[] Encoded(int lanes)
    {
        var stream = new byte[IndexedRansEncoder.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(
            OperationStatus.Done,
            IndexedRansEncoder.Encode(TableSet.Gaussian, (ReadOnlySpan<byte>)indices, symbols, stream, out int written, lanes));
        return stream[..written];
    }
}
