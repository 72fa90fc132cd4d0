using System.Buffers.Binary;

namespace Lacuna.Bits;

/// <summary>Reads little-endian numbers from the front of a span; short data gives <see langword="false"/>, never an exception.</summary>
/// <remarks>A read that fails consumes nothing.</remarks>
/// <param name="source">The bytes; not copied.</param>
public ref struct ByteReader(ReadOnlySpan<byte> source)
{
    readonly ReadOnlySpan<byte> source = source;

    /// <summary>Bytes read so far.</summary>
    public int Consumed { get; private set; }

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Remaining => source[Consumed..];

    /// <summary>Reads one byte.</summary>
    public bool TryReadU8(out byte value)
    {
        bool read = TryReadBytes(sizeof(byte), out ReadOnlySpan<byte> bytes);
        value = read ? bytes[0] : (byte)0;
        return read;
    }

    /// <summary>Reads 2 bytes.</summary>
    public bool TryReadU16(out ushort value)
    {
        bool read = TryReadBytes(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;
        return read;
    }

    /// <summary>Reads 4 bytes.</summary>
    public bool TryReadU32(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads 8 bytes.</summary>
    public bool TryReadU64(out ulong value)
    {
        bool read = TryReadBytes(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>
    /// Reads a number written by <see cref="ByteWriter.TryWriteVarint"/>: 7 bits a byte, low bits first, top bit = more.
    /// </summary>
    /// <returns>
    /// False where the data ends first, the number is past 64 bits, or it is not in its shortest form (a last byte of 0), so that
    /// a number has one spelling.
    /// </returns>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        ReadOnlySpan<byte> bytes = Remaining;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            ulong digit = bytes[i] & 0x7Fu;
            if (i == 9 && digit > 1)
            {
                break;
            }

            value |= digit << (7 * i);
            if (bytes[i] < 0x80)
            {
                if (i > 0 && digit == 0)
                {
                    break;
                }

                Consumed += i + 1;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>Takes the next bytes as they are.</summary>
    /// <param name="length">Bytes; a negative number gives false.</param>
    /// <param name="bytes">A view of the source.</param>
    public bool TryReadBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        if (length < 0 || length > source.Length - Consumed)
        {
            bytes = default;
            return false;
        }

        bytes = source.Slice(Consumed, length);
        Consumed += length;
        return true;
    }
}
