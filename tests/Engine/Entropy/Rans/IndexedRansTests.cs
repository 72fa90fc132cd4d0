using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class IndexedRansTests
{
    static readonly int[] LaneCounts = [0, 1, 4, 32, 64, 128, 256];

    [Fact]
    public void Any_symbols_come_back_through_any_tables_lanes_and_steps() =>
        Prop.ForAll<int, byte>((seed, lanes) =>
        {
            var random = new Random(seed);
            TableSet set = RansInputs.AnySet(random);
            int count = random.Next(4) == 0 ? random.Next(5) : random.Next(6000);
            (byte[] indices, short[] symbols) = RansInputs.AnySymbols(random, set, count);

            byte[] stream = Encode(set, indices, symbols, LaneCounts[lanes % LaneCounts.Length]);
            Assert.Equal(symbols, Decode(set, stream, indices, random));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_size_is_the_information_within_a_third_of_a_percent()
    {
        foreach (int lanes in LaneCounts)
        {
            (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 1, count: Math.Max(100_000, 2000 * lanes));
            byte[] stream = Encode(TableSet.Gaussian, indices, symbols, lanes);
            double information = indices.Zip(symbols, (table, symbol) => TableSet.Gaussian.Bits(table, symbol)).Sum() / 8;
            Assert.InRange(stream.Length / information, 1, 1.003);
            Assert.Equal(1, TableSet.Gaussian.EstimateBits(indices, symbols) / 8 / information, 1e-6);
        }
    }

    [Fact]
    public void A_short_stream_costs_at_most_four_bytes_over_its_information()
    {
        for (int count = 1; count < 300; count++)
        {
            (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: count, count);
            double information = TableSet.Gaussian.EstimateBits(indices, symbols) / 8;
            Assert.InRange(Encode(TableSet.Gaussian, indices, symbols).Length, 1, information + 4);
        }
    }

    [Theory]
    [InlineData(0.9, 1.003)]
    [InlineData(4.0, 1.0015)]
    public void A_block_of_a_megabyte_costs_at_most_so_much_over_its_information(double deviation, double most)
    {
        // A Gaussian of deviation 0.9 has 1.9 bits, one of 4.0 has 4.05.
        int table = Enumerable.Range(0, GaussianTables.Count).First(i => GaussianTables.Deviation(i) > deviation);
        var random = new Random(1);
        short[] symbols = new short[4 << 20];
        byte[] indices = new byte[symbols.Length];
        indices.AsSpan().Fill((byte)table);
        for (int i = 0; i < symbols.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            symbols[i] = (short)Math.Round(normal * GaussianTables.Deviation(table));
        }

        int count = (int)(8.0 * (1 << 20) / (TableSet.Gaussian.EstimateBits(indices, symbols) / symbols.Length));
        count = Math.Min(count, symbols.Length);
        double information = TableSet.Gaussian.EstimateBits(indices.AsSpan(0, count), symbols.AsSpan(0, count)) / 8;
        foreach (int lanes in new[] { 0, 64, 128, 256 })
        {
            byte[] stream = Encode(TableSet.Gaussian, indices[..count], symbols[..count], lanes);
            Assert.InRange(stream.Length / information, 1, most);
        }
    }

    [Theory]
    [InlineData(12288, 64)]
    [InlineData(262144, 128)]
    [InlineData(1048576, 256)]
    public void More_lanes_are_chosen_only_where_they_cost_less_than_four_in_a_thousand(int bytes, int lanes)
    {
        Assert.Equal(lanes, IndexedRansEncoder.LanesFor(8.0 * bytes));
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 6, count: 8 * bytes / 5);
        int one = Encode(TableSet.Gaussian, indices, symbols, lanes: 1).Length;
        Assert.InRange(Encode(TableSet.Gaussian, indices, symbols, lanes).Length - one, 0, bytes * 0.004);
    }

    [Fact]
    public void A_short_message_is_these_bytes()
    {
        byte[] indices = [20, 20, 30, 40, 63, 0, 0, 10];
        short[] symbols = [0, -1, 3, -17, 300, 0, 1000, 0];
        Assert.Equal("110DE5F7B20582E803", Convert.ToHexString(Encode(TableSet.Gaussian, indices, symbols, lanes: 1)));
        Assert.Equal("2D00229BA030FE82202EE23DC92D19E8030000", Convert.ToHexString(Encode(TableSet.Gaussian, indices, symbols, lanes: 4)));
    }

    [Fact]
    public void A_stream_with_a_tail_is_these_bytes()
    {
        byte[] indices = [.. Enumerable.Range(0, 200).Select(i => (byte)(20 + (i % 20)))];
        short[] symbols = [.. Enumerable.Range(0, 200).Select(i => (short)((i * 7 % 11) - 5))];
        byte[] stream = Encode(TableSet.Gaussian, indices, symbols, lanes: 4);
        Assert.NotEqual(0, stream[1]);
        Assert.Equal("2E0CFB0E140E172585B63615DD4B40AE28A551D8", Convert.ToHexString(stream.AsSpan(0, 20)));
    }

    [Fact]
    public void The_first_byte_tells_the_lanes_and_no_byte_past_112_begins_a_stream()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 4, count: 3000);
        foreach ((int lanes, int first) in new[] { (1, 0), (4, 33), (32, 49), (64, 65), (128, 81), (256, 97) })
        {
            byte[] stream = Encode(TableSet.Gaussian, indices, symbols, lanes);
            Assert.InRange(stream[0], first, lanes == 1 ? 32 : first + 15);
            stream[0] = (byte)(113 + (lanes % 143));
            Assert.Equal(OperationStatus.InvalidData, new IndexedRansDecoder(TableSet.Gaussian, stream, symbols.Length).Status);
        }
    }

    [Fact]
    public void No_symbols_are_no_bytes()
    {
        Assert.Empty(Encode(TableSet.Gaussian, [], []));
        var decoder = new IndexedRansDecoder(TableSet.Gaussian, [], 0);
        Assert.Equal(OperationStatus.Done, decoder.Decode((byte[])[], []));
        Assert.Equal(OperationStatus.Done, decoder.Finish());
        Assert.Equal(OperationStatus.InvalidData, new IndexedRansDecoder(TableSet.Gaussian, [1], 0).Finish());
    }

    [Fact]
    public void A_destination_that_is_too_small_is_a_status_and_one_that_just_fits_is_enough()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 5, count: 3000);
        int length = Encode(TableSet.Gaussian, indices, symbols).Length;
        byte[] destination = new byte[length];
        for (int capacity = 0; capacity < length; capacity += capacity < length - 8 ? 37 : 1)
        {
            OperationStatus status = IndexedRansEncoder.Encode(
                TableSet.Gaussian, indices, symbols, destination.AsSpan(0, capacity), out int none);
            Assert.Equal((OperationStatus.DestinationTooSmall, 0), (status, none));
        }

        Assert.Equal(OperationStatus.Done, IndexedRansEncoder.Encode(TableSet.Gaussian, indices, symbols, destination, out int written));
        Assert.Equal(length, written);
    }

    [Fact]
    public void Coding_allocates_nothing()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 8, count: 20_000);
        int[] wide = [.. symbols.Select(symbol => 1000 * symbol)];
        byte[] stream = new byte[WideRans.MaxEncodedBytes(symbols.Length)];
        Code();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Code();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Code()
        {
            bool done = IndexedRansEncoder.Encode(TableSet.Gaussian, indices, symbols, stream, out int written) == OperationStatus.Done;
            var decoder = new IndexedRansDecoder(TableSet.Gaussian, stream.AsSpan(0, written), symbols.Length);
            done &= decoder.Decode(indices, symbols) == OperationStatus.Done && decoder.Finish() == OperationStatus.Done;
            done &= WideRans.Encode(TableSet.Gaussian, indices, wide, 9, stream, out written) == OperationStatus.Done;
            done &= WideRans.Decode(TableSet.Gaussian, indices, stream.AsSpan(0, written), wide) == OperationStatus.Done;
            Assert.True(done);
        }
    }

    [Fact]
    public void Ten_thousand_damaged_streams_give_a_status()
    {
        var random = new Random(7);
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 2, count: 700);
        byte[][] streams = [.. LaneCounts.Select(lanes => Encode(TableSet.Gaussian, indices, symbols, lanes))];
        short[] decoded = new short[symbols.Length];
        int noticed = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] damaged = RansInputs.Damage(random, streams[i % streams.Length]);
            var decoder = new IndexedRansDecoder(TableSet.Gaussian, damaged, symbols.Length);
            OperationStatus status = decoder.Decode(indices, decoded);
            Assert.True(status == OperationStatus.Done || decoded.All(symbol => symbol == 0));
            status = decoder.Finish();
            Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
            noticed += status == OperationStatus.Done ? 0 : 1;
        }

        Assert.InRange(noticed, 9_900, 10_000);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 3, count: 400);
        foreach (int lanes in LaneCounts)
        {
            byte[] stream = Encode(TableSet.Gaussian, indices, symbols, lanes);
            for (int length = 0; length < stream.Length; length++)
            {
                var decoder = new IndexedRansDecoder(TableSet.Gaussian, stream.AsSpan(0, length), symbols.Length);
                decoder.Decode(indices, new short[symbols.Length]);
                Assert.NotEqual(OperationStatus.Done, decoder.Finish());
            }
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_exceptions()
    {
        var set = new TableSet(new FrequencyTable(0, [1000]));
        byte[] stream = Encode(set, [0, 0], [0, 1]);
        Assert.ThrowsAny<ArgumentException>(() => Encode(set, [0, 1], [0, 1]));
        Assert.ThrowsAny<ArgumentException>(() => Encode(set, [0], [0, 1]));
        Assert.ThrowsAny<ArgumentException>(() => Encode(set, [0], [0], lanes: 2));
        Assert.ThrowsAny<ArgumentException>(() => new IndexedRansDecoder(set, stream, 2).Decode([1], new short[1]));
        Assert.ThrowsAny<ArgumentException>(() => new IndexedRansDecoder(set, stream, 2).Decode([0, 0, 0], new short[3]));
        Assert.Throws<InvalidOperationException>(() => new IndexedRansDecoder(set, stream, 2).Finish());
    }

    static byte[] Encode(TableSet set, byte[] indices, short[] symbols, int lanes = 0)
    {
        byte[] destination = new byte[IndexedRansEncoder.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(OperationStatus.Done, IndexedRansEncoder.Encode(set, indices, symbols, destination, out int written, lanes));
        return destination[..written];
    }

    static short[] Decode(TableSet set, byte[] stream, byte[] indices, Random steps)
    {
        short[] symbols = new short[indices.Length];
        var decoder = new IndexedRansDecoder(set, stream, symbols.Length);
        for (int at = 0; at < symbols.Length;)
        {
            int step = Math.Min(symbols.Length - at, steps.Next(steps.Next(1, 2000)));
            Assert.Equal(OperationStatus.Done, decoder.Decode(indices.AsSpan(at, step), symbols.AsSpan(at, step)));
            at += step;
        }

        Assert.Equal(OperationStatus.Done, decoder.Finish());
        return symbols;
    }
}
