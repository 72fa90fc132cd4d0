using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy.Chunks;

public class Lz4Tests
{
    static readonly int[] Lengths = [0, 1, 2, 12, 13, 64, 1000, 70_000];

    [Lz4Fact]
    public void Blocks_of_every_length_and_level_come_back()
    {
        foreach (int count in Lengths)
        foreach (int level in (int[])[0, 1, 9, 12])
        foreach ((string name, byte[] bytes) in PayloadInputs.All(count))
        {
            var block = new byte[Lz4Block.MaxEncodedBytes(bytes.Length)];
            Assert.Equal(CompressionStatus.Done, Lz4Block.Encode(bytes, block, level, out int written));
            var back = new byte[bytes.Length];
            Assert.Equal(CompressionStatus.Done, Lz4Block.Decode(block.AsSpan(0, written), back, out int read));
            Assert.True(read == bytes.Length && bytes.AsSpan().SequenceEqual(back), $"{name} {count} level {level}");
        }
    }

    /// <summary>A block worked by hand after lz4_Block_format.md: two literals, a match of eight from two back, five literals.</summary>
    [Lz4Fact]
    public void A_block_that_was_written_by_hand_decodes()
    {
        byte[] block = [0x24, (byte)'a', (byte)'b', 2, 0, 0x50, .. "cdefg"u8];
        var back = new byte[15];
        Assert.Equal(CompressionStatus.Done, Lz4Block.Decode(block, back, out int written));
        Assert.Equal(15, written);
        Assert.Equal("abababababcdefg"u8, back);
    }

    [Lz4Fact]
    public void Frames_of_every_length_come_back_alone_and_in_a_row()
    {
        foreach (int count in Lengths)
        foreach (int level in (int[])[0, 3])
        {
            byte[] bytes = PayloadInputs.Text(count);
            byte[] frame = Frame(bytes, level);
            Assert.InRange(frame.LongLength, 1, Lz4Frame.MaxEncodedBytes(count));
            Assert.Equal((true, bytes.Length > 0 ? count : -1), (Lz4Frame.IsFrame(frame), Lz4Frame.ContentBytes(frame)));
            var back = new byte[2 * count];
            Assert.Equal(CompressionStatus.Done, Lz4Frame.Decode([.. frame, .. frame], back, out int written, out int consumed));
            Assert.Equal((2 * count, 2 * frame.Length), (written, consumed));
            Assert.Equal([.. bytes, .. bytes], back);
        }
    }

    [Lz4Fact]
    public void Cut_and_changed_frames_are_refused()
    {
        byte[] bytes = PayloadInputs.Text(300);
        byte[] frame = Frame(bytes, 0);
        var back = new byte[bytes.Length];
        for (int at = 0; at < frame.Length; at++)
        {
            Assert.Equal(CompressionStatus.Truncated, Lz4Frame.Decode(frame.AsSpan(0, at), back, out _, out _));
            byte[] changed = [.. frame];
            changed[at] ^= 0x11;
            Assert.NotEqual(CompressionStatus.Done, Lz4Frame.Decode(changed, back, out _, out _));
        }

        Assert.Equal(CompressionStatus.DestinationTooSmall, Lz4Frame.Decode(frame, back.AsSpan(0, 299), out int written, out _));
        Assert.Equal(bytes[..written], back[..written]);
    }

    [Lz4Fact]
    public void A_destination_that_is_too_small_is_told()
    {
        byte[] noise = PayloadInputs.Noise(1000);
        Assert.Equal(CompressionStatus.DestinationTooSmall, Lz4Block.Encode(noise, new byte[1000], 0, out int written));
        Assert.Equal(0, written);
        Assert.Equal(CompressionStatus.DestinationTooSmall, Lz4Frame.Encode(noise, new byte[1000], 0, out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Without_the_library_every_call_says_so()
    {
        if (Lz4Block.IsAvailable)
        {
            return;
        }

        using var compressor = new Compressor(new CompressorOptions { Method = CompressionMethod.Lz4 });
        using var decompressor = new Decompressor();
        Assert.Equal(CompressionStatus.LibraryMissing, Lz4Block.Encode([1], new byte[100], 0, out _));
        Assert.Equal(CompressionStatus.LibraryMissing, Lz4Frame.Encode([1], new byte[100], 0, out _));
        Assert.Equal(CompressionStatus.LibraryMissing, compressor.Compress([1], new byte[100], out _));
        byte[] payload = DamagedPayloadTests.With(5, [0x10, 7], 1);
        Assert.Equal(CompressionStatus.LibraryMissing, decompressor.Decompress(payload, new byte[1]).Status);
    }

    [Fact]
    public void Levels_and_lengths_out_of_range_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Lz4Block.Encode([], [], 13, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lz4Frame.Encode([], [], -1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lz4Block.MaxEncodedBytes(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lz4Block.MaxEncodedBytes(Lz4Block.MaxBytes + 1));
    }

    static byte[] Frame(byte[] bytes, int level)
    {
        var frame = new byte[Lz4Frame.MaxEncodedBytes(bytes.Length)];
        Assert.Equal(CompressionStatus.Done, Lz4Frame.Encode(bytes, frame, level, out int written));
        return frame[..written];
    }
}
