namespace Lacuna.Tests.Reference;

/// <summary>What is known of a decision so far.</summary>
sealed class PlainContext
{
    int fast;
    int slow;
    int seen;

    /// <summary>The probability of a 0, of 65536.</summary>
    public uint Zero => (uint)Math.Clamp(32768 + ((fast + slow) >> 9), 32, 65504);

    public void Learn(int bit)
    {
        int edge = bit == 0 ? 1 << 23 : -(1 << 23);
        int age = (int)Math.Log2(seen + 2);
        fast += (edge - fast) >> Math.Min(age, 5);
        slow += (edge - slow) >> Math.Min(age, 8);
        seen = Math.Min(seen + 1, 256);
    }
}

/// <summary>Reads adaptive bits and symbols: docs/format.md, sections 7.1 and 7.2.</summary>
sealed class PlainBinary
{
    readonly byte[] stream;
    uint range = uint.MaxValue;
    uint code;
    int read;

    public PlainBinary(byte[] stream)
    {
        this.stream = stream;
        for (int i = 0; i < 4; i++)
        {
            code = code << 8 | NextByte();
        }
    }

    public int Bit(PlainContext context)
    {
        var bound = (uint)((ulong)range * context.Zero >> 16);
        int bit = code < bound ? 0 : 1;
        if (bit == 0)
        {
            range = bound;
        }
        else
        {
            code -= bound;
            range -= bound;
        }

        TakeIn();
        context.Learn(bit);
        return bit;
    }

    public uint Equal(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            range >>= 1;
            uint bit = code >= range ? 1u : 0;
            code -= bit * range;
            value = value << 1 | bit;
            TakeIn();
        }

        return value;
    }

    public int Symbol(PlainSymbol context)
    {
        uint unit = range >> 15;
        (int symbol, uint start, uint frequency) = context.At(Math.Min(code / unit, 32767));
        code -= unit * start;
        range = unit * frequency;
        TakeIn();
        context.Learn(symbol);
        return symbol;
    }

    public int Tree(PlainContext[] contexts, int bits)
    {
        int node = 1;
        for (int i = 0; i < bits; i++)
        {
            node = 2 * node + Bit(contexts[node]);
        }

        return node - (1 << bits);
    }

    public void Finish() =>
        PlainFault.Unless(read >= stream.Length && read <= stream.Length + 4 && code < range, "decisions do not close");

    void TakeIn()
    {
        while (range < 1 << 24)
        {
            range <<= 8;
            code = code << 8 | NextByte();
        }
    }

    byte NextByte() => read++ < stream.Length ? stream[read - 1] : (byte)0;
}
