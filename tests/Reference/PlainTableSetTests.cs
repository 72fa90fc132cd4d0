using Lacuna.Entropy;
using Lacuna.Tests.Engine.Entropy;

namespace Lacuna.Tests.Reference;

public class PlainTableSetTests
{
    [Fact]
    public void Sets_and_wide_symbols_read_alike()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            TableSet set = RansInputs.AnySet(random);
            byte[] code = new byte[TableSetCode.MaxBytes(set.Count)];
            TableSetCode.Write(set, code, out int written);
            PlainTable[] tables = PlainTableSet.Read(code.AsSpan(0, written));
            Assert.Equal(set.Count, tables.Length);
            for (int i = 0; i < tables.Length; i++)
            {
                Assert.Equal(set[i].Shift, tables[i].Shift);
                Assert.Equal(set[i].ByCode.ToArray().Select(frequency => (int)frequency), tables[i].Frequencies);
            }

            byte[] indices = [.. Enumerable.Range(0, 3000).Select(_ => (byte)random.Next(set.Count))];
            int[] symbols = [.. indices.Select(_ => random.Next(9) == 0 ? random.Next() : random.Next(-999, 999))];
            byte[] wide = new byte[WideRans.MaxEncodedBytes(symbols.Length)];
            WideRans.Encode(set, indices, symbols, seed % 17, wide, out written);
            PlainSlots[] slots = [.. tables.Select(table => new PlainSlots(table))];
            Assert.Equal(symbols, PlainWideRans.Decode(wide.AsSpan(0, written), [.. indices.Select(index => (int)index)], slots));
        }
    }

    [Fact]
    public void The_documents_wide_message_reads_as_it_says()
    {
        byte[] bytes = Convert.FromHexString("06072028C4F36E008024F5FFFFFF7700");
        Assert.Equal([100, -300, int.MaxValue, 7], PlainWideRans.Decode(bytes, [30, 30, 30, 30]));
    }
}
