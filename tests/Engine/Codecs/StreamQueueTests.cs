using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Engine.Codecs;

/// <summary>Streams come out as they went in, however they were cut, and damage costs only the picture it is in.</summary>
public class StreamQueueTests
{
    static readonly byte[][] Streams =
    [
        Make(20, 30, PixelLayout.Rgb, 1),
        Make(33, 9, PixelLayout.Rgba, 2),
        Make(1, 1, PixelLayout.Grey, 3),
    ];

    static readonly byte[] All = [.. Streams.SelectMany(stream => stream)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void Pieces_of_any_size_give_the_same_streams(int size)
    {
        using var queue = new StreamQueue<int>(1 << 20, 1 << 20);
        var found = new List<byte[]>();
        for (int at = 0; at < All.Length; at += size)
        {
            Assert.Equal(StreamStatus.Done, queue.Append(All.AsSpan(at, Math.Min(size, All.Length - at)), at));
            for (; queue.Front == StreamStatus.Done; queue.Drop())
            {
                found.Add(queue.Stream.ToArray());
            }
        }

        Assert.Equal(Streams, found);
        Assert.Equal((StreamStatus.Truncated, true), (queue.Front, queue.IsEmpty));
    }

    [Fact]
    public void A_stream_knows_the_piece_in_which_it_begins()
    {
        using var queue = new StreamQueue<int>(1 << 20, 1 << 20);
        int half = Streams[0].Length + 7;
        queue.Append(All.AsSpan(0, half), 5);
        queue.Append(All.AsSpan(half), 6);
        Assert.Equal((5, 0L), queue.Origin);
        queue.Drop();
        Assert.Equal((5, (long)Streams[0].Length), queue.Origin);
        queue.Drop();
        Assert.Equal((6, (long)Streams[1].Length - 7), queue.Origin);
    }

    [Fact]
    public void At_the_end_a_stream_that_wants_more_gives_way_to_those_behind_it()
    {
        byte[] cut = [.. Streams[0][..30], .. Streams[1], .. Streams[0][..2]];
        cut[8] = 0x7F; // the header claims to reach over all that follows
        using var queue = new StreamQueue<int>(1 << 20, 1 << 20);
        queue.Append(cut, 0);
        while (queue.Front is not StreamStatus.Done)
        {
            Assert.False(queue.IsEmpty);
            queue.DropLast();
        }

        Assert.Equal(Streams[1], queue.Stream.ToArray());
        queue.Drop();
        Assert.False(queue.IsEmpty);
        queue.DropLast();
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void A_damaged_stream_is_dropped_alone()
    {
        for (int at = 4; at < Streams[0].Length; at += 11)
        {
            byte[] damaged = [.. All];
            damaged[at] ^= 0x5A;
            using var queue = new StreamQueue<int>(1 << 20, 1 << 20);
            queue.Append(damaged, 0);
            Assert.NotEqual(StreamStatus.Done, queue.Front);
            while (queue.Front is not (StreamStatus.Done or StreamStatus.Truncated))
            {
                queue.Drop();
            }

            // A length that was made longer swallows what follows, and shows itself only by its checksum or at the end.
            if (queue.Front == StreamStatus.Done)
            {
                Assert.Contains(queue.Stream.ToArray(), Streams[1..]);
            }
        }
    }

    [Fact]
    public void What_is_no_stream_is_told_once_and_passed_over()
    {
        using var queue = new StreamQueue<int>(1 << 20, 1 << 20);
        queue.Append([.. new byte[1000], .. Streams[1], .. "LACK"u8, .. Streams[2]], 0);
        Assert.Equal(StreamStatus.NotAStream, queue.Front);
        queue.Drop();
        Assert.Equal(Streams[1], queue.Stream.ToArray());
        queue.Drop();
        Assert.Equal(StreamStatus.NotAStream, queue.Front);
        queue.Drop();
        Assert.Equal(Streams[2], queue.Stream.ToArray());
    }

    [Fact]
    public void Limits_hold()
    {
        using var small = new StreamQueue<int>(20 * 30 - 1, 1 << 20);
        small.Append(Streams[0].AsSpan(0, 64), 0);
        Assert.Equal(StreamStatus.LimitExceeded, small.Front);

        using var narrow = new StreamQueue<int>(1 << 20, Streams[0].Length - 1);
        Assert.Equal(StreamStatus.LimitExceeded, narrow.Append(Streams[0], 0));
        Assert.True(narrow.IsEmpty);
    }

    static byte[] Make(int width, int height, PixelLayout layout, int seed)
    {
        var pixels = new byte[width * height * (int)layout];
        new Random(seed).NextBytes(pixels);
        return ImageEncoder.Encode(new Picture(width, height, layout, pixels), new ImageEncoderOptions { Quality = 20 });
    }
}
