using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class StaticTableTests
{
    [Fact]
    public void Frequencies_are_within_a_hundredth_of_a_percent_of_the_best() =>
        Prop.ForAll<int>(seed =>
        {
            uint[] counts = StaticInputs.AnyCounts(new Random(seed));
            int[] frequencies = new int[256];
            StaticFrequencies.FromCounts(counts, frequencies);
            Assert.Equal(65536, frequencies.Sum());
            Assert.All(counts.Zip(frequencies), pair => Assert.Equal(pair.First > 0, pair.Second > 0));
            double best = Bits(counts, Best(counts));
            Assert.InRange(Bits(counts, frequencies), best * (1 - 1e-12), (best * 1.0001) + 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_table_comes_back_from_its_bytes() =>
        Prop.ForAll<int>(seed =>
        {
            StaticTable table = StaticInputs.AnyTable(new Random(seed));
            byte[] bytes = Write(table);
            var read = new StaticTable();
            Assert.Equal(OperationStatus.Done, read.Read([.. bytes, 1, 2, 3], out int consumed));
            Assert.Equal(bytes.Length, consumed);
            Assert.Equal(table.Frequencies, read.Frequencies);
            Assert.Equal(bytes, Write(read));
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.Equal(OperationStatus.NeedMoreData, read.Read(bytes.AsSpan(0, length), out consumed));
                Assert.Equal(OperationStatus.DestinationTooSmall, table.Write(new byte[length], out int none));
                Assert.Equal((0, 0), (consumed, none));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tables_are_small()
    {
        Assert.InRange(Write(Fitted([.. Enumerable.Range(0, 256).Select(i => i == 7 ? 9u : 0)])).Length, 1, 4);
        Assert.InRange(Write(Fitted([.. Enumerable.Range(0, 256).Select(i => i is 65 or 66 ? 10u : 0)])).Length, 1, 7);
        Assert.InRange(Write(Fitted([.. Enumerable.Repeat(4096u, 256)])).Length, 1, 200);
        foreach (double bits in new[] { 2, 4, 6, 7 })
        {
            byte[] bytes = StaticInputs.Gaussian(seed: 1, 1 << 20, bits);
            var counts = new uint[256];
            Lacuna.Kernels.Histogram.Run(bytes, counts);
            Assert.InRange(Write(Fitted(counts)).Length, 8, 190);
        }
    }

    [Fact]
    public void Frequencies_whose_code_would_be_longer_are_written_whole()
    {
        // No table that is fitted to counts comes to this; the form sets the bound of the size.
        var random = new Random(5);
        int[] wild = [.. Enumerable.Range(0, 256).Select(i => random.Next(1 << (i % 2 == 0 ? 15 : random.Next(8, 15)), 1 << 16))];
        byte[] bytes = new byte[StaticTable.MaxBytes];
        Assert.Equal(OperationStatus.Done, StaticTableCode.Write(wild, new StaticTableCode.Shape(15, 0), bytes, out int written));
        Assert.Equal((bytes.Length, 0), (written, bytes[0]));

        var table = new StaticTable();
        Assert.Equal(OperationStatus.InvalidData, table.Read(bytes, out _));
        for (int i = 0; i < 256; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(1 + (2 * i)), (ushort)(i % 2 == 0 ? 500 : 12));
        }

        Assert.Equal(OperationStatus.Done, table.Read(bytes, out int consumed));
        Assert.Equal((bytes.Length, 500, 12), (consumed, table.Frequencies[254], table.Frequencies[255]));
        Assert.Equal(OperationStatus.NeedMoreData, table.Read(bytes.AsSpan(0, bytes.Length - 1), out _));
    }

    [Fact]
    public void Any_bytes_give_a_status_and_a_table_that_codes() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            byte[] bytes = random.Next(2) == 0 ? new byte[random.Next(60)] : Write(StaticInputs.AnyTable(random));
            if (random.Next(2) == 0)
            {
                random.NextBytes(bytes);
            }

            bytes = bytes.Length > 0 && random.Next(2) == 0 ? RansInputs.Damage(random, bytes) : bytes;
            var table = new StaticTable();
            OperationStatus status = table.Read(bytes, out int consumed);
            Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
            Assert.Equal(status == OperationStatus.Done, consumed > 0);
            Assert.Equal(65536, table.Frequencies.ToArray().Sum());
            Assert.All(table.Frequencies.ToArray(), frequency => Assert.InRange(frequency, 0, 65536));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_that_are_none_are_the_callers_mistake()
    {
        var table = new StaticTable();
        Assert.ThrowsAny<ArgumentException>(() => table.Fit(new uint[256]));
        Assert.ThrowsAny<ArgumentException>(() => table.Fit(new uint[255]));
        Assert.ThrowsAny<ArgumentException>(() => table.Fit([.. Enumerable.Repeat(1u << 24, 256)]));
        Assert.ThrowsAny<ArgumentException>(() => table.EstimateBits(new uint[1]));
    }

    /// <summary>The optimum: from 1 each, every unit goes where it gains most (the gains of a symbol only fall).</summary>
    static int[] Best(uint[] counts)
    {
        int[] frequencies = [.. counts.Select(count => count > 0 ? 1 : 0)];
        var gains = new PriorityQueue<int, double>();
        for (int i = 0; i < 256; i++)
        {
            if (counts[i] > 0)
            {
                gains.Enqueue(i, -Gain(i));
            }
        }

        for (int left = 65536 - frequencies.Sum(); left > 0; left--)
        {
            int symbol = gains.Dequeue();
            frequencies[symbol]++;
            gains.Enqueue(symbol, -Gain(symbol));
        }

        return frequencies;

        double Gain(int i) => counts[i] * Math.Log2(1 + (1.0 / frequencies[i]));
    }

    static double Bits(uint[] counts, int[] frequencies) =>
        counts.Zip(frequencies, (count, frequency) => count == 0 ? 0 : count * (16 - Math.Log2(frequency))).Sum();

    static StaticTable Fitted(uint[] counts)
    {
        var table = new StaticTable();
        table.Fit(counts);
        return table;
    }

    static byte[] Write(StaticTable table)
    {
        byte[] destination = new byte[StaticTable.MaxBytes];
        Assert.Equal(OperationStatus.Done, table.Write(destination, out int written));
        return destination[..written];
    }
}
