namespace Lacuna.Tests.Reference;

/// <summary>Reads a block of bytes under one table: docs/format.md, section 4.6.</summary>
static class PlainStatic
{
    const int Total = 65536;

    public static byte[] Decode(byte[] block, int count)
    {
        PlainFault.Unless(block.Length > 0 || count == 0, "no table");
        if (count == 0)
        {
            PlainFault.Unless(block.Length == 0, "bytes without symbols");
            return [];
        }

        var source = new PlainBytes(block);
        int[] frequencies = Table(ref source);
        int only = Array.IndexOf(frequencies, Total);
        if (only >= 0)
        {
            PlainFault.Unless(source.AtEnd, "bytes after one symbol");
            return [.. Enumerable.Repeat((byte)only, count)];
        }

        var coder = new PlainRans(source.Rest, count, [new PlainSlots(new PlainTable(0, frequencies, HasEscape: false))]);
        byte[] symbols = [.. Enumerable.Range(0, count).Select(_ => (byte)coder.Next(0))];
        coder.Finish();
        return symbols;
    }

    static int[] Table(ref PlainBytes source)
    {
        ulong size = source.Varint();
        int[] frequencies = size == 0 ? Whole(ref source) : Coded(source.Take(size).ToArray());
        PlainFault.Unless(frequencies.All(frequency => frequency >= 0) && frequencies.Sum() == Total, "frequencies");
        return frequencies;
    }

    static int[] Whole(ref PlainBytes source)
    {
        int[] frequencies = new int[256];
        for (int i = 0; i < 256; i++)
        {
            frequencies[i] = (int)source.U16();
        }

        return frequencies;
    }

    static int[] Coded(byte[] code)
    {
        var coder = new PlainBinary(code);
        int precision = (int)coder.Equal(4);
        int rest = (int)coder.Equal(8);
        PlainContext[] occurs = Contexts(4), isStep = Contexts(3), isDown = Contexts(3), isLonger = Contexts(4);
        int[] frequencies = new int[256];
        (int before, int length, int trend) = (0, 8, 0);
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (symbol == rest)
            {
                continue;
            }

            int here = coder.Bit(occurs[before]);
            before = (2 * before + here) % 4;
            if (here == 0)
            {
                continue;
            }

            int last = trend;
            trend = 0;
            if (coder.Bit(isStep[last]) == 1)
            {
                trend = coder.Bit(isDown[last]) == 1 ? 2 : 1;
                int step = 1;
                while (step < 15 && coder.Bit(isLonger[Math.Min(step, 4) - 1]) == 1)
                {
                    step++;
                }

                length += trend == 1 ? step : -step;
                PlainFault.Unless(length is >= 0 and <= 15, "length");
            }

            int bits = Math.Min(precision, length);
            frequencies[symbol] = (1 << length) + ((int)coder.Equal(bits) << (length - bits));
        }

        coder.Finish();
        int others = frequencies.Sum();
        PlainFault.Unless(others < Total, "sum");
        frequencies[rest] = Total - others;
        return frequencies;
    }

    static PlainContext[] Contexts(int count) => [.. Enumerable.Range(0, count).Select(_ => new PlainContext())];
}
