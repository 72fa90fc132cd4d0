using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

public class TableSetTests
{
    [Fact]
    public void Any_set_comes_back() =>
        Prop.ForAll<int>(seed =>
        {
            TableSet set = RansInputs.AnySet(new Random(seed));
            byte[] code = Write(set);
            Assert.Equal(OperationStatus.Done, TableSetCode.Read([.. code, 1, 2], out TableSet? read, out int consumed));
            Assert.Equal(code.Length, consumed);
            AssertSame(set, read!);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Built_in_sets_are_a_byte_and_smooth_tables_take_nine_bits_a_frequency()
    {
        Assert.Equal([1], Write(TableSet.Gaussian));
        Assert.Equal([2], Write(TableSet.Laplace));
        TableSet set = new([.. Enumerable.Range(0, 64).Select(i => TableSet.Gaussian[i])]);
        int frequencies = Enumerable.Range(0, 64).Sum(i => set[i].ByCode.ToArray().Count(frequency => frequency > 0) - 1);
        Assert.InRange(Write(set).Length * 8.0 / frequencies, 1, 9);
        Assert.Equal(OperationStatus.Done, TableSetCode.Read([2], out TableSet? laplace, out _));
        Assert.Same(TableSet.Laplace, laplace);
    }

    [Fact]
    public void Any_bytes_give_a_status_and_more_tables_than_accepted_are_refused()
    {
        var random = new Random(1);
        byte[] code = Write(RansInputs.AnySet(new Random(3)));
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = RansInputs.Damage(random, code);
            OperationStatus status = TableSetCode.Read(damaged, out TableSet? set, out _);
            Assert.True(status is OperationStatus.Done or OperationStatus.InvalidData or OperationStatus.NeedMoreData);
            Assert.Equal(status == OperationStatus.Done, set is not null);
        }

        byte[] three = Write(new TableSet(TableSet.Gaussian[1], TableSet.Gaussian[2], TableSet.Gaussian[3]));
        Assert.Equal(OperationStatus.InvalidData, TableSetCode.Read(three, out _, out _, maxTables: 2));
        Assert.Equal(OperationStatus.Done, TableSetCode.Read(three, out _, out _, maxTables: 3));
    }

    [Fact]
    public void The_best_table_is_that_of_the_symbols_deviation()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 1, count: 200_000);
        foreach (int table in new[] { 10, 25, 40, 60 })
        {
            short[] own = [.. symbols.Where((_, i) => indices[i] == table)];
            Assert.InRange(TableSet.Gaussian.Best(own), table - 1, table + 1);
        }
    }

    [Fact]
    public void A_fitted_table_codes_its_symbols_near_their_empirical_entropy()
    {
        (byte[] indices, short[] symbols) = RansInputs.Gaussian(seed: 1, count: 400_000);
        foreach (int table in new[] { 8, 15, 30 })
        {
            short[] own = [.. symbols.Where((_, i) => indices[i] == table)];
            double entropy = own.GroupBy(symbol => symbol).Sum(group => -group.Count() * Math.Log2((double)group.Count() / own.Length));
            TableSet set = new(FrequencyTable.Fit(own));
            Assert.InRange(set.EstimateBits(new byte[own.Length], own) / entropy, 1, 1.001);
        }

        Assert.Equal(0, FrequencyTable.Fit([127, -127]).Shift);
        Assert.Equal(7, FrequencyTable.Fit([32767, 32767]).Shift);
    }

    [Fact]
    public void A_set_fitted_to_groups_costs_within_a_hundredth_of_the_tables_that_drew_them()
    {
        const int groupLength = 256;
        var random = new Random(1);
        int[] drawn = [.. Enumerable.Range(0, 600).Select(_ => new[] { 12, 30, 50 }[random.Next(3)])];
        byte[] indices = [.. drawn.SelectMany(table => Enumerable.Repeat((byte)table, groupLength))];
        short[] symbols = RansInputs.Gaussian(random, indices);
        ushort[] groups = new ushort[drawn.Length];
        TableSet set = TableSetFitting.Fit(symbols, groupLength, 3, groups);

        Assert.Equal(3, set.Count);
        Assert.Equal(3, drawn.Zip(groups).Distinct().Count());
        ushort[] fitted = [.. groups.SelectMany(table => Enumerable.Repeat(table, groupLength))];
        double bits = fitted.Zip(symbols, (table, symbol) => set.Bits(table, symbol)).Sum();
        Assert.InRange(bits / TableSet.Gaussian.EstimateBits(indices, symbols), 0.99, 1.01);

        // One symbol too many makes a group of its own; as many tables as groups are enough.
        short[] more = [.. symbols.AsSpan(0, groupLength), 5];
        Assert.Equal(2, TableSetFitting.Fit(more, groupLength, 9, new ushort[2]).Count);
        Assert.ThrowsAny<ArgumentException>(() => TableSetFitting.Fit(more, groupLength, 9, new ushort[1]));
    }

    [Fact]
    public void Sets_past_256_tables_are_named_by_16_bits()
    {
        FrequencyTable[] tables = [.. Enumerable.Range(0, 1000).Select(i => new FrequencyTable(-2, [1, 2, (ushort)(9 + i), 4]))];
        var set = new TableSet(tables);
        var random = new Random(1);
        ushort[] indices = [.. Enumerable.Range(0, 5000).Select(_ => (ushort)random.Next(1000))];
        short[] symbols = [.. indices.Select(_ => (short)random.Next(-2, 2))];
        byte[] stream = new byte[IndexedRansEncoder.MaxEncodedBytes(symbols.Length)];
        Assert.Equal(OperationStatus.Done, IndexedRansEncoder.Encode(set, indices, symbols, stream, out int written));
        var decoder = new IndexedRansDecoder(set, stream.AsSpan(0, written), symbols.Length);
        short[] decoded = new short[symbols.Length];
        Assert.Equal(OperationStatus.Done, decoder.Decode(indices, decoded));
        Assert.Equal(OperationStatus.Done, decoder.Finish());
        Assert.Equal(symbols, decoded);

        indices[7] = 1000;
        Assert.ThrowsAny<ArgumentException>(() => IndexedRansEncoder.Encode(set, indices, symbols, stream, out _));
    }

    static byte[] Write(TableSet set)
    {
        byte[] destination = new byte[TableSetCode.MaxBytes(set.Count)];
        Assert.Equal(OperationStatus.Done, TableSetCode.Write(set, destination, out int written));
        Assert.Equal(OperationStatus.DestinationTooSmall, TableSetCode.Write(set, new byte[written - 1], out _));
        return destination[..written];
    }

    static void AssertSame(TableSet expected, TableSet actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int table = 0; table < expected.Count; table++)
        {
            Assert.Equal(expected[table].Shift, actual[table].Shift);
            Assert.Equal(expected[table].ByCode.ToArray(), actual[table].ByCode.ToArray());
        }
    }
}
