using System.Buffers.Binary;

namespace Lacuna.Tests.Fuzz;

/// <summary>Damages bytes in the ways that break parsers. The same seed gives the same damage.</summary>
sealed class Mutator(int seed)
{
    static readonly byte[] Edges = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    readonly Random random = new(seed);

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => random.Next(bound);

    /// <summary>Whether something that happens once in <paramref name="times"/> happens.</summary>
    public bool Once(int times) => random.Next(times) == 0;

    /// <summary>One to four changes.</summary>
    /// <param name="source">The bytes; not changed.</param>
    /// <param name="other">Bytes of the same kind, to splice from.</param>
    public byte[] Change(byte[] source, byte[] other)
    {
        byte[] bytes = [.. source];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            bytes = bytes.Length == 0 ? Insert(bytes) : random.Next(10) switch
            {
                0 or 1 => Flip(bytes),
                2 => Set(bytes),
                3 => EditNumber(bytes),
                4 => EditText(bytes),
                5 => bytes[..random.Next(bytes.Length)],
                6 => Duplicate(bytes),
                7 => Remove(bytes),
                8 => Splice(bytes, other),
                _ => Insert(bytes),
            };
        }

        return bytes;
    }

    byte[] Flip(byte[] bytes)
    {
        bytes[Position(bytes)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    byte[] Set(byte[] bytes)
    {
        bytes[Position(bytes)] = Once(2) ? Edges[random.Next(Edges.Length)] : (byte)random.Next(256);
        return bytes;
    }

    /// <summary>Changes what may be a length field: a little, or to an edge.</summary>
    byte[] EditNumber(byte[] bytes)
    {
        int width = 1 << random.Next(4);
        if (bytes.Length < width)
        {
            return Set(bytes);
        }

        Span<byte> field = bytes.AsSpan(Math.Min(Position(bytes), bytes.Length - width), width);
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bool bigEndian = Once(2);
        field.CopyTo(bigEndian ? wide[(8 - width)..] : wide);
        ulong value = bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(wide) : BinaryPrimitives.ReadUInt64LittleEndian(wide);
        value = random.Next(5) switch
        {
            0 => ulong.MaxValue,
            1 => ulong.MaxValue >> (65 - 8 * width),
            2 => (ulong)bytes.Length,
            3 => value << 1,
            _ => value + (ulong)random.Next(-4, 5),
        };
        BinaryPrimitives.WriteUInt64BigEndian(wide, value);
        (bigEndian ? wide[(8 - width)..] : Reversed(wide)[..width]).CopyTo(field);
        return bytes;
    }

    /// <summary>Changes a digit, where bytes are text, else any byte.</summary>
    byte[] EditText(byte[] bytes)
    {
        int digit = Array.FindIndex(bytes, Position(bytes), b => b is >= (byte)'0' and <= (byte)'9');
        if (digit < 0)
        {
            return Set(bytes);
        }

        bytes[digit] = (byte)"0123456789-.e "[random.Next(14)];
        return bytes;
    }

    byte[] Duplicate(byte[] bytes)
    {
        int first = random.Next(bytes.Length), count = Math.Min(random.Next(1, 33), bytes.Length - first);
        return [.. bytes[..(first + count)], .. bytes[first..]];
    }

    byte[] Remove(byte[] bytes)
    {
        int first = random.Next(bytes.Length), count = Math.Min(random.Next(1, 17), bytes.Length - first);
        return [.. bytes[..first], .. bytes[(first + count)..]];
    }

    byte[] Splice(byte[] bytes, byte[] other) =>
        other.Length == 0 ? bytes : [.. bytes[..random.Next(bytes.Length)], .. other[random.Next(other.Length)..]];

    byte[] Insert(byte[] bytes)
    {
        var added = new byte[random.Next(1, 9)];
        random.NextBytes(added);
        int at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. added, .. bytes[at..]];
    }

    /// <summary>Any position, but as often as not one near the front, where headers are.</summary>
    int Position(byte[] bytes) => random.Next(Once(2) ? Math.Min(bytes.Length, 40) : bytes.Length);

    static Span<byte> Reversed(Span<byte> bytes)
    {
        bytes.Reverse();
        return bytes;
    }
}
