using FsCheck;
using FsCheck.Fluent;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Streams;

public class PacketTests
{
    [Fact]
    public void Packets_of_any_length_come_back() =>
        Prop.ForAll<byte[], byte[], byte>((payload, rest, type) =>
        {
            using var writer = new PacketWriter();
            writer.Write(PacketType.Header, []);
            writer.Write((PacketType)type, payload, rest);
            byte[] stream = writer.Stream.ToArray();
            Assert.Equal(2, writer.Count);

            var reader = new PacketReader(stream);
            Assert.Equal(StreamStatus.Done, PacketReader.CheckMagic(stream));
            Assert.Equal(StreamStatus.Done, reader.Next(out Packet first));
            Assert.Equal((PacketType.Header, 0), (first.Type, first.Length));
            Assert.Equal(StreamStatus.Done, reader.Next(out Packet packet));
            Assert.Equal(((PacketType)type, (byte)0), (packet.Type, packet.Layer));
            Assert.Equal([.. payload, .. rest], packet.PayloadOf(stream).ToArray());
            Assert.True(reader.AtEnd);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_packet_is_these_bytes()
    {
        using var writer = new PacketWriter();
        writer.Write(PacketType.Region, []);
        Assert.Equal("4C41438A" + "B74C020000" + "77F10B2F", Convert.ToHexString(writer.Stream.ToArray()));
    }

    [Fact]
    public void Every_flipped_bit_of_a_packet_is_noticed()
    {
        byte[] stream = [.. PacketReader.Magic, .. StreamParts.Bytes(new(2, 0, [.. Enumerable.Range(0, 150).Select(i => (byte)i)]))];
        for (int bit = 8 * PacketReader.Magic.Length; bit < 8 * stream.Length; bit++)
        {
            byte[] damaged = [.. stream];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(StreamStatus.Done, new PacketReader(damaged).Next(out _));
        }
    }

    [Fact]
    public void A_packet_that_ends_too_soon_is_truncated()
    {
        byte[] stream = [.. PacketReader.Magic, .. StreamParts.Bytes(new(2, 0, [1, 2, 3]))];
        for (int length = PacketReader.Magic.Length; length < stream.Length; length++)
        {
            Assert.Equal(StreamStatus.Truncated, new PacketReader(stream.AsSpan(0, length)).Next(out _));
        }
    }

    [Theory]
    [InlineData("", StreamStatus.Truncated)]
    [InlineData("4C", StreamStatus.Truncated)]
    [InlineData("4C4143", StreamStatus.Truncated)]
    [InlineData("4C41438A", StreamStatus.Done)]
    [InlineData("4C41430A", StreamStatus.NotAStream)]
    [InlineData("89504E47", StreamStatus.NotAStream)]
    [InlineData("00", StreamStatus.NotAStream)]
    public void The_magic_is_told_by_its_four_bytes(string hex, StreamStatus status) =>
        Assert.Equal(status, PacketReader.CheckMagic(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF01", StreamStatus.Truncated)]
    [InlineData("FFFFFFFF07000000000000", StreamStatus.Truncated)]
    [InlineData("FFFFFFFFFFFFFFFFFFFF", StreamStatus.InvalidData)]
    [InlineData("80000000000000000000", StreamStatus.InvalidData)]
    public void A_length_that_cannot_be_is_a_status(string length, StreamStatus status) =>
        Assert.Equal(status, new PacketReader([.. PacketReader.Magic, 0xB7, 0x4C, 2, 0, .. Convert.FromHexString(length)]).Next(out _));

    [Fact]
    public void A_layer_other_than_0_is_invalid() =>
        Assert.Equal(StreamStatus.InvalidData, new PacketReader([.. PacketReader.Magic, .. StreamParts.Bytes(new(2, 1, []))]).Next(out _));
}
