using System.Buffers;
using System.Diagnostics;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Streams;

/// <summary>Writes a stream: the magic, then packets.</summary>
/// <remarks>docs/format.md, section 1.</remarks>
sealed class PacketWriter
{
    const int HeadBytes = 4 + ByteWriter.MaxVarintBytes;

    readonly ArrayBufferWriter<byte> stream = new();

    public PacketWriter() => stream.Write(PacketReader.Magic);

    /// <summary>The most bytes that a packet of this payload takes.</summary>
    public static long MaxBytes(long payloadBytes) => HeadBytes + payloadBytes + sizeof(uint);

    /// <summary>Packets written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a packet whose payload is two parts, one behind the other.</summary>
    public void Write(PacketType type, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest = default)
    {
        Count++;
        int length = payload.Length + rest.Length;
        Span<byte> target = stream.GetSpan(HeadBytes + length + sizeof(uint));
        var writer = new ByteWriter(target);
        bool written = writer.TryWriteU16(Packet.Mark) && writer.TryWriteU8((byte)type) && writer.TryWriteU8(0)
            && writer.TryWriteVarint((ulong)length) && writer.TryWriteBytes(payload) && writer.TryWriteBytes(rest)
            && writer.TryWriteU32(Crc32C.Run(0, target[sizeof(ushort)..writer.Written]));
        Debug.Assert(written);
        stream.Advance(writer.Written);
    }

    /// <summary>The stream so far.</summary>
    public byte[] ToArray() => stream.WrittenSpan.ToArray();
}
