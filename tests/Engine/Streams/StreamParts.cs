using Lacuna.Bits;
using Lacuna.Kernels;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Streams;

/// <summary>A stream as a list of packets that tests change, and write again with right lengths and checks.</summary>
sealed class StreamParts
{
    /// <summary>One packet; nothing holds it to what the format allows.</summary>
    public sealed record Part(byte Type, byte Layer, byte[] Payload);

    public List<Part> Parts { get; } = [];

    /// <summary>Takes a stream apart as far as it goes.</summary>
    public static StreamParts Of(ReadOnlySpan<byte> stream)
    {
        var parts = new StreamParts();
        if (stream.Length < PacketReader.Magic.Length)
        {
            return parts;
        }

        var reader = new PacketReader(stream);
        while (!reader.AtEnd && reader.Next(out Packet packet) == StreamStatus.Done)
        {
            parts.Parts.Add(new Part((byte)packet.Type, packet.Layer, packet.PayloadOf(stream).ToArray()));
        }

        return parts;
    }

    public byte[] ToArray() => [.. PacketReader.Magic, .. Parts.SelectMany(Bytes)];

    /// <summary>One packet's bytes, its mark, length and check right.</summary>
    public static byte[] Bytes(Part part)
    {
        var bytes = new byte[32 + part.Payload.Length];
        var writer = new ByteWriter(bytes);
        Assert.True(writer.TryWriteU16(Packet.Mark) && writer.TryWriteU8(part.Type) && writer.TryWriteU8(part.Layer));
        Assert.True(writer.TryWriteVarint((ulong)part.Payload.Length) && writer.TryWriteBytes(part.Payload));
        Assert.True(writer.TryWriteU32(Crc32C.Run(0, bytes.AsSpan(2, writer.Written - 2))));
        return bytes[..writer.Written];
    }
}
