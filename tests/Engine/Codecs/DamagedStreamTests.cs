using System.Buffers.Binary;
using Lacuna.Bits;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Codecs.Images.Model;
using Lacuna.Streams;
using Lacuna.Tests.Engine.Streams;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Streams that break one rule of docs/format.md each; their checks are right unless said otherwise.</summary>
public class DamagedStreamTests
{
    static readonly byte[] Small = Coding.Encode(Scenes.Make(16, 16, PixelLayout.Rgba));
    static readonly byte[] TwoRegions = Coding.Encode(Scenes.Make(1025, 4, PixelLayout.Grey));

    [Fact]
    public void A_stream_that_ends_too_soon_is_truncated_wherever_it_ends()
    {
        for (int length = 0; length < Small.Length; length++)
        {
            Assert.Equal(StreamStatus.Truncated, Coding.StatusOf(Small[..length]));
        }

        for (int length = 0; length < 64; length++)
        {
            StreamStatus status = ImageDecoder.ReadInfo(Small.AsSpan(0, length), out ImageInfo info);
            Assert.Equal(status == StreamStatus.Done ? (16, 16) : (0, 0), (info.Width, info.Height));
            Assert.True(status == StreamStatus.Done || length < 40 && status == StreamStatus.Truncated);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        for (int bit = 0; bit < 8 * Small.Length; bit += bit < 8 * 60 ? 1 : 5)
        {
            byte[] damaged = [.. Small];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(StreamStatus.Done, Coding.StatusOf(damaged));
        }
    }

    [Theory]
    [InlineData(0, 1, StreamStatus.UnsupportedVersion)]
    [InlineData(0, 255, StreamStatus.UnsupportedVersion)]
    [InlineData(1, 0, StreamStatus.InvalidData)]
    [InlineData(1, 5, StreamStatus.InvalidData)]
    [InlineData(2, 0, StreamStatus.InvalidData)]
    [InlineData(3, 0, StreamStatus.InvalidData)]
    [InlineData(5, 0xFF, StreamStatus.InvalidData)]
    [InlineData(6, 0xEE, StreamStatus.UnknownModel)]
    public void A_field_of_the_header_out_of_range_is_refused(int offset, byte value, StreamStatus expected)
    {
        byte[] stream = Changed(Small, parts => parts[0].Payload[offset] = value);
        Assert.Equal(expected, Coding.StatusOf(stream));
        StreamStatus info = ImageDecoder.ReadInfo(stream, out ImageInfo read);
        Assert.Equal(expected == StreamStatus.UnknownModel ? StreamStatus.Done : expected, info);
        Assert.False(read.HasModel);
    }

    [Fact]
    public void A_later_version_is_told_whatever_else_its_header_holds() =>
        Assert.Equal(StreamStatus.UnsupportedVersion, Coding.StatusOf(Changed(Small, parts => parts[0] = parts[0] with { Payload = [1] })));

    [Fact]
    public void A_header_longer_or_shorter_than_its_fields_is_invalid()
    {
        AssertInvalid(Small, parts => parts[0] = parts[0] with { Payload = [.. parts[0].Payload, 0] });
        AssertInvalid(Small, parts => parts[0] = parts[0] with { Payload = parts[0].Payload[..^1] });
        AssertInvalid(Small, parts => parts[0] = parts[0] with { Payload = [] });
    }

    [Fact]
    public void Packets_out_of_place_are_invalid()
    {
        AssertInvalid(Small, parts => parts.RemoveAt(0));
        AssertInvalid(Small, parts => parts.Insert(1, parts[0]));
        AssertInvalid(Small, parts => parts.Add(parts[1]));
        AssertInvalid(Small, parts => parts.Add(parts[2]));
        AssertInvalid(Small, parts => parts.Reverse(1, 2));
        AssertInvalid(TwoRegions, parts => parts.Reverse(1, 2));
        AssertInvalid(TwoRegions, parts => parts.RemoveAt(1));
        AssertInvalid(TwoRegions, parts => parts.Add(new(3, 0, [])));
        AssertInvalid(Small, parts => parts.Insert(1, new(4, 0, [])));
        AssertInvalid(Small, parts => parts.Add(new(63, 0, [])));
        AssertInvalid(Small, parts => parts.Add(new(0, 0, [])));
        AssertInvalid(Small, parts => parts[1] = parts[1] with { Layer = 1 });
        AssertInvalid(Small, parts => parts[1] = parts[1] with { Payload = [] });
        Assert.Equal(StreamStatus.InvalidData, Coding.StatusOf([.. Small, 0, 0, 0]));
    }

    [Fact]
    public void A_stream_without_its_last_packets_is_truncated()
    {
        Assert.Equal(StreamStatus.Truncated, Coding.StatusOf(Changed(Small, parts => parts.RemoveAt(2))));
        Assert.Equal(StreamStatus.Truncated, Coding.StatusOf(Changed(Small, parts => parts.RemoveRange(1, 2))));
        Assert.Equal(StreamStatus.Truncated, Coding.StatusOf(Changed(TwoRegions, parts => parts.RemoveAt(2))));
    }

    [Fact]
    public void Optional_packets_are_passed_over()
    {
        byte[] stream = Changed(Small, parts =>
        {
            parts.Insert(1, new(64, 0, [1, 2, 3]));
            parts.Add(new(255, 0, []));
        });
        Assert.Equal(Coding.Decode(Small).Pixels, Coding.Decode(stream).Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Symbols_that_do_not_close_are_invalid_at_any_number_of_threads(int threads)
    {
        foreach (int region in new[] { 1, 2 })
        {
            byte[] cut = Changed(TwoRegions, parts => parts[region] = parts[region] with { Payload = parts[region].Payload[..^2] });
            byte[] longer = Changed(TwoRegions, parts => parts[region] = parts[region] with { Payload = [.. parts[region].Payload, 0, 0] });
            foreach (byte[] stream in new[] { cut, longer })
            {
                var options = new ImageDecoderOptions { Threads = threads };
                Assert.Equal(StreamStatus.InvalidData, ImageDecoder.Decode(stream, options, out Picture? picture));
                Assert.Null(picture);
            }
        }
    }

    [Theory]
    [InlineData(65535, 65535, PixelLayout.Grey, 1L << 28)]
    [InlineData(65535, 65535, PixelLayout.Rgba, long.MaxValue)]
    [InlineData(65535, 8193, PixelLayout.Grey, long.MaxValue)]
    [InlineData(32768, 16384, PixelLayout.Rgba, long.MaxValue)]
    [InlineData(16, 16, PixelLayout.Rgb, 255)]
    [InlineData(16, 16, PixelLayout.Rgb, 0)]
    public void A_picture_past_the_limit_is_refused_before_anything_is_made_for_it(int width, int height, PixelLayout layout, long limit)
    {
        var header = new ImageHeader(width, height, layout, new QualityLevel(5), EmbeddedModel.Hash);
        byte[] stream = [.. PacketReader.Magic, .. StreamParts.Bytes(new(1, 0, header.ToPayload()))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        StreamStatus status = ImageDecoder.Decode(stream, new ImageDecoderOptions { MaxPixels = limit, Threads = 1 }, out _);
        Assert.Equal(StreamStatus.LimitExceeded, status);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(StreamStatus.Done, ImageDecoder.ReadInfo(stream, out ImageInfo info));
        Assert.Equal((width, height, layout), (info.Width, info.Height, info.Layout));
    }

    [Fact]
    public void The_model_is_asked_for_before_the_limit()
    {
        byte[] stream = Changed(Small, parts => BinaryPrimitives.WriteUInt64LittleEndian(parts[0].Payload.AsSpan(^8), ~EmbeddedModel.Hash));
        Assert.Equal(StreamStatus.UnknownModel, Coding.StatusOf(stream, maxPixels: 1));
        Assert.Equal(StreamStatus.LimitExceeded, Coding.StatusOf(Small, maxPixels: 255));
        Assert.Equal(StreamStatus.Done, Coding.StatusOf(Small, maxPixels: 256));
    }

    [Fact]
    public void A_number_not_in_its_shortest_form_is_invalid()
    {
        byte[] header = StreamParts.Of(Small).Parts[0].Payload;
        byte[] payload = [header[0], header[1], 0x90, 0x00, .. header[3..]];
        Assert.Equal(16, header[2]);
        Assert.False(new ByteReader(payload.AsSpan(2)).TryReadVarint(out _));
        Assert.Equal(StreamStatus.InvalidData, Coding.StatusOf(Changed(Small, parts => parts[0] = parts[0] with { Payload = payload })));
    }

    static void AssertInvalid(byte[] stream, Action<List<StreamParts.Part>> change) =>
        Assert.Equal(StreamStatus.InvalidData, Coding.StatusOf(Changed(stream, change)));

    static byte[] Changed(byte[] stream, Action<List<StreamParts.Part>> change)
    {
        StreamParts parts = StreamParts.Of(stream);
        change(parts.Parts);
        return parts.ToArray();
    }
}
