namespace Lacuna.Tests.Reference;

/// <summary>Reads a set of tables that is not built in: docs/format.md, section 4.8.</summary>
static class PlainTableSet
{
    public static PlainTable[] Read(ReadOnlySpan<byte> bytes)
    {
        var source = new PlainBytes(bytes);
        PlainFault.Unless(source.U8() == 0, "not a list");
        var tables = new PlainTable[source.Varint()];
        var coder = new PlainBinary(source.Take(source.Varint()).ToArray());
        PlainContext[] shifts = Contexts(8), firsts = Contexts(256), lasts = Contexts(256);
        PlainNumber[] numbers = [.. Enumerable.Range(0, 17).Select(_ => new PlainNumber())];
        for (int i = 0; i < tables.Length; i++)
        {
            var frequencies = new int[256];
            int shift = coder.Tree(shifts, 3);
            int first = (sbyte)coder.Tree(firsts, 8);
            int last = (sbyte)coder.Tree(lasts, 8);
            PlainFault.Unless(first > -128 && first <= last, "codes");
            uint before = 0;
            long used = 0;
            for (int code = first; code <= last; code++)
            {
                before = numbers[before == 0 ? 0 : (int)Math.Log2(before) + 1].Read(coder);
                PlainFault.Unless(before < 65536, "frequency");
                frequencies[(byte)code] = (int)before;
                used += (long)before << shift;
            }

            PlainFault.Unless(frequencies[(byte)first] > 0 && frequencies[(byte)last] > 0 && used < 65536, "frequencies");
            frequencies[PlainTable.Escape] = (int)(65536 - used);
            tables[i] = new PlainTable(shift, frequencies);
        }

        coder.Finish();
        return tables;
    }

    static PlainContext[] Contexts(int count) => [.. Enumerable.Range(0, count).Select(_ => new PlainContext())];
}

/// <summary>Reads symbols of 32 bits: docs/format.md, section 4.7.</summary>
static class PlainWideRans
{
    public static int[] Decode(ReadOnlySpan<byte> bytes, int[] indices, PlainSlots[]? tables = null)
    {
        if (indices.Length == 0)
        {
            PlainFault.Unless(bytes.IsEmpty, "bytes after nothing");
            return [];
        }

        var source = new PlainBytes(bytes);
        int low = source.U8();
        PlainFault.Unless(low <= 16, "low bits");
        var coder = new PlainRans(source.Take(source.Varint()), indices.Length, tables);
        int[] symbols = [.. indices.Select(index => (int)coder.Next(index))];
        coder.Finish();
        var bits = new PlainBits(source);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool full = symbols[i] == -32768;
            symbols[i] = full ? (int)bits.Read(32) : (symbols[i] * (1 << low)) + (int)bits.Read(low);
            PlainFault.Unless(!full || symbols[i] >> low is < -32767 or > 32767, "written in full");
        }

        bits.Close();
        PlainFault.Unless(bits.Rest.AtEnd, "bytes after the end");
        return symbols;
    }
}
