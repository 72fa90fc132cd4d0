using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Streams;

/// <summary>Reads a stream's packets one after another and checks each.</summary>
/// <remarks>docs/format.md, sections 1 and 8. Any bytes give a status.</remarks>
ref struct PacketReader
{
    readonly ReadOnlySpan<byte> stream;
    int position;

    /// <param name="stream">All bytes.</param>
    /// <param name="position">Where the first packet begins.</param>
    public PacketReader(ReadOnlySpan<byte> stream, int position)
    {
        this.stream = stream;
        this.position = position;
    }

    /// <summary>Reads behind the magic.</summary>
    public PacketReader(ReadOnlySpan<byte> stream)
        : this(stream, Magic.Length)
    {
    }

    /// <summary>Where the next packet begins.</summary>
    public readonly int Position => position;

    /// <summary>First bytes of every stream.</summary>
    public static ReadOnlySpan<byte> Magic => [0x4C, 0x41, 0x43, 0x8A];

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool AtEnd => position == stream.Length;

    /// <summary>Whether bytes begin as a stream does, as far as they go.</summary>
    public static StreamStatus CheckMagic(ReadOnlySpan<byte> stream) =>
        stream.StartsWith(Magic) ? StreamStatus.Done
        : stream.Length < Magic.Length && Magic.StartsWith(stream) ? StreamStatus.Truncated
        : StreamStatus.NotAStream;

    /// <summary>Reads the next packet.</summary>
    public StreamStatus Next(out Packet packet)
    {
        packet = default;
        var reader = new ByteReader(stream[position..]);
        if (!reader.TryReadU16(out ushort mark))
        {
            return StreamStatus.Truncated;
        }

        if (mark != Packet.Mark)
        {
            return StreamStatus.InvalidData;
        }

        if (!reader.TryReadU8(out byte type) || !reader.TryReadU8(out byte layer))
        {
            return StreamStatus.Truncated;
        }

        if (!reader.TryReadVarint(out ulong length))
        {
            return reader.Remaining.Length >= ByteWriter.MaxVarintBytes ? StreamStatus.InvalidData : StreamStatus.Truncated;
        }

        if (length > int.MaxValue || length + 4 > (ulong)reader.Remaining.Length)
        {
            return StreamStatus.Truncated;
        }

        int offset = position + reader.Consumed;
        uint actual = Crc32C.Run(0, stream[(position + 2)..(offset + (int)length)]);
        packet = new Packet((PacketType)type, layer, offset, (int)length);
        position = offset + (int)length + 4;
        uint expected = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(stream[(position - 4)..]);
        return actual == expected && layer == 0 ? StreamStatus.Done : StreamStatus.InvalidData;
    }
}
