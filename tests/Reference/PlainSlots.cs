namespace Lacuna.Tests.Reference;

/// <summary>Which code owns which of the 65536 slots: docs/format.md, section 4.1.</summary>
sealed class PlainSlots
{
    readonly int[] divider = new int[256];
    readonly int[] alias = new int[256];
    readonly int[] start = new int[256];

    public PlainSlots(PlainTable table)
    {
        Table = table;
        int[] slots = [.. Enumerable.Range(0, 256).Select(table.Slots)];
        int[] left = [.. slots];
        int lender = NextLender(slots, 0);
        for (int code = 0; code < 256; code++)
        {
            if (slots[code] > 256)
            {
                continue;
            }

            int bucket = code;
            while (true)
            {
                (divider[bucket], alias[bucket]) = (left[bucket], bucket);
                if (left[bucket] == 256)
                {
                    break;
                }

                alias[bucket] = lender;
                left[lender] -= 256 - left[bucket];
                if (left[lender] > 256)
                {
                    break;
                }

                bucket = lender;
                lender = NextLender(slots, lender + 1);
            }
        }

        int[] next = [.. divider];
        for (int bucket = 0; bucket < 256; bucket++)
        {
            start[bucket] = next[alias[bucket]];
            next[alias[bucket]] += 256 - divider[bucket];
        }
    }

    public PlainTable Table { get; }

    /// <summary>The code that owns a slot, and the slot's rank among its code's.</summary>
    public (int Code, ulong Rank) this[int slot]
    {
        get
        {
            (int bucket, int remainder) = (slot & 255, slot >> 8);
            return remainder < divider[bucket]
                ? (bucket, (ulong)remainder)
                : (alias[bucket], (ulong)(start[bucket] + remainder - divider[bucket]));
        }
    }

    static int NextLender(int[] slots, int from)
    {
        while (from < 256 && slots[from] <= 256)
        {
            from++;
        }

        return from;
    }
}
