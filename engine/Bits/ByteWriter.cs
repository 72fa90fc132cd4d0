using System.Buffers.Binary;

namespace Lacuna.Bits;

/// <summary>Writes little-endian numbers to the front of a span; a full span gives <see langword="false"/>, never an exception.</summary>
/// <remarks>A write that fails writes nothing.</remarks>
/// <param name="destination">Receives the bytes.</param>
public ref struct ByteWriter(Span<byte> destination)
{
    /// <summary>Bytes that the longest varint takes.</summary>
    public const int MaxVarintBytes = 10;

    readonly Span<byte> destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>What has not been written.</summary>
    public readonly Span<byte> Remaining => destination[Written..];

    /// <summary>Writes one byte.</summary>
    public bool TryWriteU8(byte value) => TryWriteBytes([value]);

    /// <summary>Writes 2 bytes.</summary>
    public bool TryWriteU16(ushort value) => BinaryPrimitives.TryWriteUInt16LittleEndian(Remaining, value) && Advance(sizeof(ushort));

    /// <summary>Writes 4 bytes.</summary>
    public bool TryWriteU32(uint value) => BinaryPrimitives.TryWriteUInt32LittleEndian(Remaining, value) && Advance(sizeof(uint));

    /// <summary>Writes 8 bytes.</summary>
    public bool TryWriteU64(ulong value) => BinaryPrimitives.TryWriteUInt64LittleEndian(Remaining, value) && Advance(sizeof(ulong));

    /// <summary>Writes a number in 1 to 10 bytes: 7 bits a byte, low bits first, top bit = more follow.</summary>
    public bool TryWriteVarint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[MaxVarintBytes];
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return TryWriteBytes(bytes[..length]);
    }

    /// <summary>Writes bytes as they are.</summary>
    public bool TryWriteBytes(scoped ReadOnlySpan<byte> bytes) => bytes.TryCopyTo(Remaining) && Advance(bytes.Length);

    bool Advance(int length)
    {
        Written += length;
        return true;
    }
}
