using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class StaticRansTests
{
    static readonly int[] LaneCounts = [0, 1, 4, 32, 64, 128, 256];
    static readonly StaticTable DecoderTable = new();

    [Fact]
    public void Any_bytes_come_back_at_every_length_and_number_of_lanes()
    {
        var random = new Random(1);
        var table = new StaticTable();
        for (int length = 0; length <= 600; length++)
        {
            byte[] symbols = StaticInputs.Symbols(random, StaticInputs.AnyTable(random), length);
            foreach (int lanes in LaneCounts)
            {
                byte[] block = EncodeBlock(table, symbols, lanes);
                Assert.Equal(symbols, DecodeBlock(block, length));
            }
        }
    }

    [Fact]
    public void Any_bytes_come_back_from_blocks_of_any_size() =>
        Prop.ForAll<int, byte>((seed, lanes) =>
        {
            var random = new Random(seed);
            byte[] symbols = StaticInputs.Symbols(random, StaticInputs.AnyTable(random), random.Next(60_000));
            byte[] block = EncodeBlock(new StaticTable(), symbols, LaneCounts[lanes % LaneCounts.Length]);
            Assert.Equal(symbols, DecodeBlock(block, symbols.Length));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(2, 0.003)]
    [InlineData(4, 0.0015)]
    [InlineData(6, 0.0015)]
    [InlineData(7, 0.0015)]
    public void A_megabyte_takes_its_information_and_little_more(double bits, double overhead)
    {
        byte[] symbols = StaticInputs.Gaussian(seed: 1, 1 << 20, bits);
        byte[] block = EncodeBlock(new StaticTable(), symbols);
        Assert.InRange(block.Length / StaticInputs.Information(symbols), 1, 1 + overhead);
        Assert.Equal(symbols, DecodeBlock(block, symbols.Length));
    }

    [Fact]
    public void A_short_message_costs_at_most_five_bytes_over_its_information()
    {
        var random = new Random(2);
        for (int length = 1; length < 400; length++)
        {
            StaticTable table = StaticInputs.AnyTable(random);
            byte[] symbols = StaticInputs.Symbols(random, table, length);
            double bits = symbols.Sum(symbol => 16 - Math.Log2(table.Frequencies[symbol]));
            Assert.InRange(Encode(table, symbols).Length, 0, (bits / 8) + 5);
        }
    }

    [Fact]
    public void A_short_block_is_these_bytes()
    {
        byte[] block = EncodeBlock(new StaticTable(), "abracadabra"u8.ToArray());
        Assert.Equal("0716128E962D18FC123D9200E72E", Convert.ToHexString(block));
        byte[] lanes = EncodeBlock(new StaticTable(), "abracadabra"u8.ToArray(), lanes: 4);
        Assert.Equal("0716128E962D18FC270022AABA0D7EE9F79D1C9E879F00", Convert.ToHexString(lanes));
    }

    [Fact]
    public void One_symbol_repeated_takes_its_table_alone()
    {
        byte[] block = EncodeBlock(new StaticTable(), [.. Enumerable.Repeat((byte)200, 1 << 20)]);
        Assert.InRange(block.Length, 1, 4);
        Assert.All(DecodeBlock(block, 1000), symbol => Assert.Equal(200, symbol));
        Assert.Equal(OperationStatus.InvalidData, StaticRansDecoder.DecodeBlock(new StaticTable(), [.. block, 0], new byte[1000]));
    }

    [Fact]
    public void No_symbols_are_no_bytes()
    {
        Assert.Empty(EncodeBlock(new StaticTable(), []));
        Assert.Empty(Encode(new StaticTable(), []));
        Assert.Equal(OperationStatus.Done, StaticRansDecoder.DecodeBlock(new StaticTable(), [], []));
        Assert.Equal(OperationStatus.InvalidData, StaticRansDecoder.DecodeBlock(new StaticTable(), [0], []));
        Assert.Equal(OperationStatus.InvalidData, StaticRansDecoder.Decode(new StaticTable(), [0], []));
    }

    [Fact]
    public void A_symbol_that_the_table_lacks_is_a_status()
    {
        var table = new StaticTable();
        table.Fit([.. Enumerable.Range(0, 256).Select(i => i < 10 ? 1u : 0)]);
        Assert.Equal(OperationStatus.InvalidData, StaticRansEncoder.Encode(table, [3, 10, 4], new byte[9999], out int written));
        Assert.Equal(0, written);
        table.Fit([.. Enumerable.Range(0, 256).Select(i => i == 9 ? 1u : 0)]);
        Assert.Equal(OperationStatus.InvalidData, StaticRansEncoder.Encode(table, [9, 8], new byte[9999], out written));
        Assert.Equal(OperationStatus.Done, StaticRansEncoder.Encode(table, [9, 9], [], out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void A_destination_that_is_too_small_is_a_status_and_one_that_just_fits_is_enough()
    {
        byte[] symbols = StaticInputs.Gaussian(seed: 3, 3000, bits: 4);
        var table = new StaticTable();
        int length = EncodeBlock(table, symbols).Length;
        byte[] destination = new byte[length];
        for (int capacity = 0; capacity < length; capacity += capacity < length - 8 ? 37 : 1)
        {
            OperationStatus status = StaticRansEncoder.EncodeBlock(table, symbols, destination.AsSpan(0, capacity), out int none);
            Assert.Equal((OperationStatus.DestinationTooSmall, 0), (status, none));
        }

        Assert.Equal(OperationStatus.Done, StaticRansEncoder.EncodeBlock(table, symbols, destination, out int written));
        Assert.Equal(length, written);
    }

    [Fact]
    public void Ten_thousand_damaged_streams_give_a_status()
    {
        var random = new Random(7);
        byte[] symbols = StaticInputs.Gaussian(seed: 4, 700, bits: 4);
        var table = new StaticTable();
        byte[][] blocks = [.. LaneCounts.Select(lanes => EncodeBlock(table, symbols, lanes))];
        byte[] decoded = new byte[symbols.Length];
        int noticed = 0;
        for (int i = 0; i < 10_000; i++)
        {
            OperationStatus status = StaticRansDecoder.DecodeBlock(table, RansInputs.Damage(random, blocks[i % blocks.Length]), decoded);
            Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
            Assert.True(status == OperationStatus.Done || decoded.All(symbol => symbol == 0));
            noticed += status == OperationStatus.Done ? 0 : 1;
        }

        Assert.InRange(noticed, 9_900, 10_000);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        byte[] symbols = StaticInputs.Gaussian(seed: 5, 400, bits: 4);
        var table = new StaticTable();
        foreach (int lanes in LaneCounts)
        {
            byte[] block = EncodeBlock(table, symbols, lanes);
            for (int length = 0; length < block.Length; length++)
            {
                OperationStatus status = StaticRansDecoder.DecodeBlock(table, block.AsSpan(0, length), new byte[symbols.Length]);
                Assert.NotEqual(OperationStatus.Done, status);
            }
        }
    }

    [Fact]
    public void Coding_allocates_nothing()
    {
        byte[] symbols = StaticInputs.Gaussian(seed: 6, 100_000, bits: 4);
        byte[] destination = new byte[StaticRansEncoder.MaxEncodedBytes(symbols.Length)];
        var table = new StaticTable();
        Code();
        Assert.Equal(0, Allocated.By(Code));

        void Code()
        {
            StaticRansEncoder.EncodeBlock(table, symbols, destination, out int written);
            StaticRansDecoder.DecodeBlock(table, destination.AsSpan(0, written), symbols);
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_exceptions()
    {
        var table = new StaticTable();
        Assert.ThrowsAny<ArgumentException>(() => EncodeBlock(table, [1], lanes: 2));
        Assert.ThrowsAny<ArgumentException>(() => StaticRansEncoder.Encode(table, [1], new byte[9], out _, lanes: 65));
        Assert.ThrowsAny<ArgumentException>(() => StaticRansEncoder.Encode(null!, [1], new byte[9], out _));
        Assert.ThrowsAny<ArgumentException>(() => StaticRansDecoder.Decode(null!, [1], new byte[9]));
    }

    static byte[] Encode(StaticTable table, byte[] symbols)
    {
        byte[] destination = new byte[StaticRansEncoder.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(OperationStatus.Done, StaticRansEncoder.Encode(table, symbols, destination, out int written));
        byte[] decoded = new byte[symbols.Length];
        Assert.Equal(OperationStatus.Done, StaticRansDecoder.Decode(table, destination.AsSpan(0, written), decoded));
        Assert.Equal(symbols, decoded);
        return destination[..written];
    }

    static byte[] EncodeBlock(StaticTable table, byte[] symbols, int lanes = 0)
    {
        byte[] destination = new byte[StaticRansEncoder.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(OperationStatus.Done, StaticRansEncoder.EncodeBlock(table, symbols, destination, out int written, lanes));
        return destination[..written];
    }

    static byte[] DecodeBlock(byte[] block, int count)
    {
        byte[] symbols = new byte[count];
        Assert.Equal(OperationStatus.Done, StaticRansDecoder.DecodeBlock(DecoderTable, block, symbols));
        return symbols;
    }
}
