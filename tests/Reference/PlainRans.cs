namespace Lacuna.Tests.Reference;

/// <summary>Reads indexed rANS symbol by symbol: docs/format.md, section 4.</summary>
sealed class PlainRans
{
    static readonly PlainSlots[] Gaussian = [.. PlainGaussianTables.Set.Select(table => new PlainSlots(table))];
    static readonly int[] LaneCounts = [4, 32, 64, 128, 256];

    readonly PlainSlots[] tables;
    readonly int count;
    readonly int tailStart;
    readonly ulong[] lanes;
    readonly Queue<uint> words = new();
    bool parked;
    int position;

    /// <param name="stream">The symbols' bytes, whole.</param>
    /// <param name="count">Symbols.</param>
    /// <param name="tables">The set; the Gaussian one where there is none.</param>
    public PlainRans(ReadOnlySpan<byte> stream, int count, PlainSlots[]? tables = null)
    {
        this.tables = tables ?? Gaussian;
        this.count = count;
        PlainFault.Unless(stream.Length > 0 || count == 0, "no symbols");
        var bytes = new PlainBytes(stream);
        int first = bytes.U8();
        PlainFault.Unless(first < 113, "lanes");
        int length = first < 33 ? first : (first - 33) % 16 + 17;
        lanes = new ulong[first < 33 ? 1 : LaneCounts[(first - 33) / 16]];
        int tail = lanes.Length == 1 ? count : (int)Math.Min(bytes.Varint(), int.MaxValue);
        PlainFault.Unless(tail <= count, "tail");
        tailStart = count - tail;

        var bits = new PlainBits(bytes);
        lanes[0] = length == 0 ? 0 : 1ul << (length - 1) | bits.Read(length - 1);
        for (int lane = 1; lane < lanes.Length; lane++)
        {
            length = 17 + (int)bits.Read(4);
            lanes[lane] = 1ul << (length - 1) | bits.Read(length - 1);
        }

        bits.Close();
        bytes = bits.Rest;
        while (!bytes.AtEnd)
        {
            words.Enqueue(bytes.U16());
        }
    }

    /// <summary>The next symbol, coded under a table.</summary>
    public short Next(int table)
    {
        if (position >= tailStart && lanes.Length > 1 && !parked)
        {
            Park();
        }

        ref ulong x = ref lanes[position < tailStart ? position % lanes.Length : 0];
        position++;
        PlainSlots slots = tables[table];
        (int code, ulong rank) = slots[(int)(x & 0xFFFF)];
        ulong frequency = (ulong)slots.Table.Frequencies[code];
        int shift = slots.Table.Shift;
        if (code != PlainTable.Escape || !slots.Table.HasEscape)
        {
            x = frequency * (x >> 16) + (rank >> shift);
            Refill(ref x);
            return (short)(((sbyte)code << shift) + (int)(rank & ((1ul << shift) - 1)));
        }

        x = frequency * (x >> 16) + rank;
        Refill(ref x);
        var symbol = (short)(x & 0xFFFF);
        x >>= 16;
        Refill(ref x);
        return symbol;
    }

    /// <summary>Checks that the stream closes.</summary>
    public void Finish()
    {
        if (lanes.Length > 1 && !parked)
        {
            Park();
        }

        bool noTail = lanes.Length > 1 && tailStart == count;
        PlainFault.Unless(position == count && words.Count == 0 && lanes[0] == (noTail ? 0x10000u : 1u), "symbols do not close");
    }

    /// <summary>Between the parts: the other lanes' low halves become the words that follow.</summary>
    void Park()
    {
        parked = true;
        PlainFault.Unless(words.Count == 0, "words are left before the tail");
        int last = 1;
        for (; last < lanes.Length && lanes[last] is >= 0x10000 and <= 0x1FFFF; last++)
        {
            words.Enqueue((uint)(lanes[last] & 0xFFFF));
        }

        PlainFault.Unless(lanes.Skip(last).All(lane => lane == 0x20000), "a lane is not closed");
    }

    void Refill(ref ulong x)
    {
        if (x < 65536 && words.TryDequeue(out uint word))
        {
            x = x * 65536 + word;
        }
    }
}
