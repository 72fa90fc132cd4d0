namespace Lacuna.Tests.Reference;

/// <summary>What the plain decoder says of a stream that breaks a rule.</summary>
static class PlainFault
{
    public static void Unless(bool right, string fault)
    {
        if (!right)
        {
            throw new InvalidDataException(fault);
        }
    }
}

/// <summary>Reads little-endian numbers.</summary>
ref struct PlainBytes(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == bytes.Length;

    public readonly ReadOnlySpan<byte> Rest => bytes[Position..];

    public byte U8() => Take(1)[0];

    public uint U16() => U8() | (uint)U8() << 8;

    public uint U32() => U16() | U16() << 16;

    public ulong U64() => U32() | (ulong)U32() << 32;

    /// <summary>Seven bits a byte, lowest first; shortest form only.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < 10; i++)
        {
            byte digit = U8();
            PlainFault.Unless(i < 9 || digit <= 1, "number past 64 bits");
            value |= (digit & 0x7Ful) << (7 * i);
            if (digit < 0x80)
            {
                PlainFault.Unless(i == 0 || digit != 0, "number not in its shortest form");
                return value;
            }
        }

        throw new InvalidDataException("number of over ten bytes");
    }

    public ReadOnlySpan<byte> Take(ulong count)
    {
        PlainFault.Unless(count <= (ulong)(bytes.Length - Position), "bytes end");
        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }
}

/// <summary>Reads bit fields, the low bits of each byte first.</summary>
ref struct PlainBits(PlainBytes bytes)
{
    PlainBytes bytes = bytes;
    uint current;
    int left;

    /// <summary>What follows the byte that the last field ends in.</summary>
    public readonly PlainBytes Rest => bytes;

    public ulong Read(int count)
    {
        ulong value = 0;
        for (int i = 0; i < count; i++, left--, current >>= 1)
        {
            if (left == 0)
            {
                (current, left) = (bytes.U8(), 8);
            }

            value |= (ulong)(current & 1) << i;
        }

        return value;
    }

    /// <summary>Checks that the rest of the last byte is zeros.</summary>
    public readonly void Close() => PlainFault.Unless(current == 0, "filling bits");
}
