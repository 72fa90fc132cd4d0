using FsCheck;
using FsCheck.Fluent;
using Lacuna.Bits;

namespace Lacuna.Tests.Engine.Bits;

public class BitsTests
{
    [Fact]
    public void Numbers_come_back_little_endian()
    {
        byte[] bytes = new byte[19];
        var writer = new ByteWriter(bytes);
        Assert.True(writer.TryWriteU8(1) && writer.TryWriteU16(0x0203) && writer.TryWriteU32(0x04050607));
        Assert.True(writer.TryWriteU64(0x08090A0B0C0D0E0F) && writer.TryWriteVarint(300) && writer.TryWriteBytes([7, 7]));
        Assert.Equal("01030207060504" + "0F0E0D0C0B0A0908" + "AC02" + "0707", Convert.ToHexString(bytes.AsSpan(0, writer.Written)));

        var reader = new ByteReader(bytes.AsSpan(0, writer.Written));
        Assert.True(reader.TryReadU8(out byte a) & reader.TryReadU16(out ushort b) & reader.TryReadU32(out uint c));
        Assert.True(reader.TryReadU64(out ulong d) & reader.TryReadVarint(out ulong e));
        Assert.Equal((1, 0x0203, 0x04050607u, 0x08090A0B0C0D0E0Ful, 300ul), (a, b, c, d, e));
        Assert.Equal(2, reader.Remaining.Length);
    }

    [Fact]
    public void Any_varint_comes_back_and_a_cut_one_consumes_nothing() =>
        Prop.ForAll<ulong, byte>((number, shift) =>
        {
            ulong value = number >> (shift % 64);
            Span<byte> bytes = stackalloc byte[ByteWriter.MaxVarintBytes];
            var writer = new ByteWriter(bytes);
            Assert.True(writer.TryWriteVarint(value));

            var reader = new ByteReader(bytes[..writer.Written]);
            Assert.True(reader.TryReadVarint(out ulong read) && read == value && reader.Consumed == writer.Written);
            var cut = new ByteReader(bytes[..(writer.Written - 1)]);
            Assert.True(!cut.TryReadVarint(out read) && cut.Consumed == 0);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("8000")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("")]
    public void A_varint_that_is_too_long_or_not_the_shortest_is_refused(string hex) =>
        Assert.False(new ByteReader(Convert.FromHexString(hex)).TryReadVarint(out _));

    [Fact]
    public void Short_data_and_full_spans_say_no()
    {
        var reader = new ByteReader([1, 2, 3]);
        Assert.False(reader.TryReadU32(out _) || reader.TryReadU64(out _));
        Assert.False(reader.TryReadBytes(4, out _) || reader.TryReadBytes(-1, out _));
        Assert.True(reader.TryReadU16(out _) && !reader.TryReadU16(out _) && reader.TryReadU8(out byte last) && last == 3);
        Assert.False(reader.TryReadU8(out _));

        var writer = new ByteWriter(new byte[3]);
        Assert.False(writer.TryWriteU32(1) || writer.TryWriteU64(1));
        Assert.False(writer.TryWriteVarint(1ul << 21) || writer.TryWriteBytes(new byte[4]));
        Assert.True(writer.TryWriteU16(1) && !writer.TryWriteU16(1) && writer.TryWriteU8(1) && !writer.TryWriteU8(1));
        Assert.Equal(3, writer.Written);
    }

    [Fact]
    public void Bit_fields_of_any_width_come_back() =>
        Prop.ForAll<uint[], int>((values, seed) =>
        {
            byte[] bytes = new byte[values.Length * 4];
            var writer = new BitWriter(bytes);
            var random = new Random(seed);
            foreach (uint value in values)
            {
                writer.Write(value, random.Next(33));
            }

            var reader = new BitReader(bytes.AsSpan(0, writer.Written));
            random = new Random(seed);
            foreach (uint value in values)
            {
                int width = random.Next(33);
                Assert.True(reader.TryRead(width, out uint field) && field == (uint)(value & ((1ul << width) - 1)));
            }

            Assert.True(reader.PaddingIsZero && reader.Consumed == writer.Written && !reader.TryRead(8, out _));
        }).QuickCheckThrowOnFailure();
}
