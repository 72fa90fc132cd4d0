using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Streams;

/// <summary>Writes a stream: the magic, then packets.</summary>
/// <remarks>docs/format.md, section 1.</remarks>
sealed class PacketWriter
{
    readonly ByteWriter bytes = new();

    public PacketWriter() => bytes.Write(PacketReader.Magic);

    /// <summary>Packets written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a packet.</summary>
    public void Write(PacketType type, ReadOnlySpan<byte> payload)
    {
        Count++;
        bytes.WriteU16(Packet.Mark);
        int start = bytes.Length;
        bytes.WriteU8((byte)type);
        bytes.WriteU8(0);
        bytes.WriteVarint((ulong)payload.Length);
        bytes.Write(payload);
        bytes.WriteU32(Crc32C.Run(0, bytes.Written[start..]));
    }

    /// <summary>The stream so far.</summary>
    public byte[] ToArray() => bytes.Written.ToArray();
}
