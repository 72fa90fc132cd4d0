namespace Lacuna.Streams;

/// <summary>What a packet holds.</summary>
/// <remarks>docs/format.md, section 1.</remarks>
enum PacketType : byte
{
    Header = 1,
    Region = 2,
    Alpha = 3,

    /// <summary>From here on, packets that a reader may pass over.</summary>
    FirstOptional = 64,
}

/// <summary>A packet whose checksum is right: its type, and where its payload lies in the stream.</summary>
readonly record struct Packet(PacketType Type, byte Layer, int Offset, int Length)
{
    public const ushort Mark = 0x4CB7;

    public ReadOnlySpan<byte> PayloadOf(ReadOnlySpan<byte> stream) => stream.Slice(Offset, Length);
}
