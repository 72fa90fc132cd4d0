namespace Lacuna.Tests.Reference;

/// <summary>What is known of a symbol so far: docs/format.md, section 7.2.</summary>
sealed class PlainSymbol
{
    readonly int[] starts; // one more than there are values
    int age;

    public PlainSymbol(int values)
    {
        starts = [.. Enumerable.Range(0, values + 1).Select(i => 32768 * i / values)];
        age = values / 8;
    }

    /// <summary>The symbol that has a slot, where it starts, and how many slots it has.</summary>
    public (int Symbol, uint Start, uint Frequency) At(uint slot)
    {
        int symbol = Enumerable.Range(1, starts.Length - 1).First(i => slot < starts[i]) - 1;
        return (symbol, (uint)starts[symbol], (uint)(starts[symbol + 1] - starts[symbol]));
    }

    public void Learn(int symbol)
    {
        for (int i = 1; i < starts.Length - 1; i++)
        {
            int target = i <= symbol ? i : 32752 + i;
            starts[i] -= (((starts[i] - target) * (32768 / (age + 2))) + 16384) >> 15;
        }

        age = Math.Min(age + 1, 190);
    }
}

/// <summary>What is known of a number so far: docs/format.md, section 7.2.</summary>
sealed class PlainNumber
{
    readonly PlainSymbol lengths = new(16);
    readonly PlainContext[] below = [.. Enumerable.Range(0, 33).Select(_ => new PlainContext())];

    public uint Read(PlainBinary coder)
    {
        int length = coder.Symbol(lengths);
        if (length == 15)
        {
            length += Math.Min(17, (int)coder.Equal(5));
        }

        if (length < 2)
        {
            return (uint)length;
        }

        uint bit = (uint)coder.Bit(below[length]);
        return (2 + bit) << (length - 2) | coder.Equal(length - 2);
    }
}

/// <summary>Reads adaptive bytes: docs/format.md, section 7.3.</summary>
static class PlainAdaptiveBytes
{
    public static byte[] Decode(byte[] stream, int count)
    {
        PlainFault.Unless(count > 0 || stream.Length == 0, "bytes after nothing");
        if (count == 0)
        {
            return [];
        }

        var source = new PlainBytes(stream);
        byte head = source.U8();
        (int form, int length) = (head & 3, head >> 2);
        if (form == 3)
        {
            PlainFault.Unless(length == 0 && source.Rest.Length == count, "stored bytes");
            return source.Rest.ToArray();
        }

        PlainFault.Unless(length >= (form == 0 ? 1 : 17) && length <= 32, "length of a state");
        var bits = new PlainBits(source);
        var states = new uint[form == 0 ? 1 : 32];
        for (int i = 0; i < states.Length; i++)
        {
            length = i == 0 ? length : 17 + (int)bits.Read(4);
            states[i] = 1u << (length - 1) | (uint)bits.Read(length - 1);
        }

        bits.Close();
        byte[] words = bits.Rest.Rest.ToArray();
        PlainFault.Unless(words.Length % 2 == 0, "half a word");
        return Nibbles(new Queue<uint>(words.Chunk(2).Select(pair => (uint)(pair[0] | pair[1] << 8))), states, form == 2 ? 8 : 1, count);
    }

    static byte[] Nibbles(Queue<uint> words, uint[] states, int models, int count)
    {
        int lanes = Math.Max(1, states.Length / 2);
        PlainSymbol[][] contexts =
            [.. Enumerable.Range(0, models).Select(_ => Enumerable.Range(0, 17).Select(_ => new PlainSymbol(16)).ToArray())];
        uint first = states.Length == 1 ? 1u : 65536;

        var bytes = new byte[count];
        foreach (int[] group in Enumerable.Range(0, count).Chunk(Math.Min(lanes, 8)))
        {
            foreach (int i in group)
            {
                bytes[i] = (byte)Nibble(i % lanes, contexts[i % models][0]);
            }

            foreach (int i in group)
            {
                int state = states.Length == 1 ? 0 : lanes + (i % lanes);
                bytes[i] = (byte)(bytes[i] << 4 | Nibble(state, contexts[i % models][1 + bytes[i]]));
            }
        }

        PlainFault.Unless(words.Count == 0 && states.All(state => state == first), "bytes do not close");
        return bytes;

        int Nibble(int state, PlainSymbol context)
        {
            uint x = states[state];
            (int symbol, uint start, uint frequency) = context.At(x & 32767);
            x = frequency * (x >> 15) + (x & 32767) - start;
            states[state] = x < 65536 && words.TryDequeue(out uint word) ? x << 16 | word : x;
            context.Learn(symbol);
            return symbol;
        }
    }
}
