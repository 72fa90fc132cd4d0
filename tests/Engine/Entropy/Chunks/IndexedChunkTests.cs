using System.Buffers;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class IndexedChunkTests
{
    static readonly byte[] Tables = [20, 20, 30, 40, 63, 0, 0, 10];
    static readonly short[] Symbols = [0, -1, 3, -17, 300, 0, 1000, 0];

    [Fact]
    public void The_example_of_the_document() =>
        Assert.Equal("07080A01110DE5F7B20582E8038C38ADF4", Convert.ToHexString(Encode(TableSet.Gaussian)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public void Any_number_of_symbols_comes_back_in_steps(int count)
    {
        var random = new System.Random(count);
        byte[] tables = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(64))];
        short[] symbols = [.. tables.Select(table => (short)random.Next(-table, table + 1))];
        byte[] chunk = new byte[IndexedChunk.MaxEncodedBytes(count)];
        Assert.Equal(OperationStatus.Done, IndexedChunk.Encode(TableSet.Laplace, tables, symbols, chunk, out int written));
        Assert.Equal(CompressionStatus.Done, IndexedChunk.Open(chunk, TableSet.Laplace, out IndexedRansDecoder decoder, out int consumed));
        Assert.Equal((written, count), (consumed, decoder.Remaining));
        var back = new short[count];
        int half = count / 2;
        decoder.Decode(tables.AsSpan(0, half), back.AsSpan(0, half));
        decoder.Decode(tables.AsSpan(half), back.AsSpan(half));
        Assert.Equal(OperationStatus.Done, decoder.Finish());
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void A_set_of_one_s_own_goes_by_its_name()
    {
        var set = new TableSet([.. Enumerable.Range(0, 300).Select(i => new FrequencyTable(0, [(ushort)(200 + i)]))]);
        ushort[] tables = [299, 0, 256];
        byte[] chunk = new byte[IndexedChunk.MaxEncodedBytes(3)];
        Assert.Equal(OperationStatus.Done, IndexedChunk.Encode(set, tables, [0, 0, 5], chunk, out int written, name: 77));
        Assert.Equal(CompressionStatus.Unsupported, IndexedChunk.Open(chunk, set, out _, out _, name: 78));
        Assert.Equal(CompressionStatus.Unsupported, IndexedChunk.Open(chunk, TableSet.Gaussian, out _, out _));
        Assert.Equal(CompressionStatus.Done, IndexedChunk.Open(chunk, set, out IndexedRansDecoder decoder, out int consumed, name: 77));
        var back = new short[3];
        decoder.Decode(tables, back);
        Assert.Equal(OperationStatus.Done, decoder.Finish());
        Assert.Equal([0, 0, 5], back);
        Assert.Equal(written, consumed);
    }

    [Fact]
    public void Damage_and_cuts_are_told_and_other_methods_refused()
    {
        byte[] chunk = Encode(TableSet.Gaussian);
        for (int length = 0; length < chunk.Length; length++)
        {
            Assert.Equal(CompressionStatus.Truncated, IndexedChunk.Open(chunk.AsSpan(0, length), TableSet.Gaussian, out _, out _));
        }

        for (int bit = 0; bit < 8 * chunk.Length; bit++)
        {
            byte[] damaged = [.. chunk];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(CompressionStatus.Done, IndexedChunk.Open(damaged, TableSet.Gaussian, out _, out int consumed));
            Assert.Equal(0, consumed);
        }

        byte[] payload = Compressor.Compress("aaaaaaa"u8);
        Assert.Equal(CompressionStatus.Unsupported, IndexedChunk.Open(payload.AsSpan(5), TableSet.Gaussian, out _, out _));
        Assert.Equal(OperationStatus.DestinationTooSmall, IndexedChunk.Encode(TableSet.Gaussian, Tables, Symbols, new byte[25], out _));
    }

    static byte[] Encode(TableSet set)
    {
        byte[] chunk = new byte[IndexedChunk.MaxEncodedBytes(Symbols.Length)];
        Assert.Equal(OperationStatus.Done, IndexedChunk.Encode(set, Tables, Symbols, chunk, out int written));
        return chunk[..written];
    }
}
