using System.Buffers.Binary;
using Lacuna.Entropy;
using Lacuna.Kernels;
using Lacuna.Tests.Fuzz.Targets;
using Lacuna.Tests.Kernels;

namespace Lacuna.Tests.Engine.Entropy.Chunks;

/// <summary>What decoders make of payloads that are cut, changed, or claim too much.</summary>
public class DamagedPayloadTests
{
    const int ChunkBytes = 1024;
    const int Chunks = 5;

    static readonly byte[] Content =
        [.. PayloadInputs.Text(2 * ChunkBytes), .. PayloadInputs.Noise(2 * ChunkBytes), .. new byte[ChunkBytes]];

    static readonly byte[] Payload = Compressor.Compress(Content, new CompressorOptions { ChunkBytes = ChunkBytes });

    [Fact]
    public void Every_cut_is_found_and_what_stood_before_it_is_right()
    {
        for (int length = 0; length < Payload.Length; length++)
        {
            byte[] back = Decompress(Payload[..length], out DecompressResult result);
            Assert.Equal(CompressionStatus.Truncated, result.Status);
            Assert.InRange(result.Position, 0, length);
            Assert.Equal(0, result.Written % ChunkBytes);
            Assert.True(back.AsSpan(0, result.Written).SequenceEqual(Content.AsSpan(0, result.Written)));
        }
    }

    [Fact]
    public void Every_changed_byte_is_found_in_its_chunk_and_what_stood_before_it_is_right()
    {
        List<int> starts = Starts();
        for (int at = 0; at < Payload.Length; at++)
        {
            byte[] damaged = [.. Payload];
            damaged[at] ^= (byte)(1 + (at % 255));
            byte[] back = Decompress(damaged, out DecompressResult result);
            Assert.NotEqual(CompressionStatus.Done, result.Status);
            Assert.InRange(result.Position, 0, starts.LastOrDefault(start => start <= at));
            Assert.True(back.AsSpan(0, result.Written).SequenceEqual(Content.AsSpan(0, result.Written)));
        }
    }

    [Fact]
    public void A_chunk_at_fault_is_named_and_its_neighbours_before_it_are_whole()
    {
        byte[] damaged = [.. Payload];
        int third = Starts()[2];
        damaged[third + 20] ^= 1;
        foreach (int threads in (int[])[1, 4])
        {
            var back = new byte[Content.Length];
            using var decompressor = new Decompressor(new DecompressorOptions { Threads = threads });
            Assert.Equal(
                new DecompressResult(CompressionStatus.InvalidData, 2 * ChunkBytes, third), decompressor.Decompress(damaged, back));
        }
    }

    [Fact]
    public void Limits_hold_for_a_chunk_and_for_the_whole()
    {
        Assert.Equal(CompressionStatus.LimitExceeded, Limited(new DecompressorOptions { MaxChunkBytes = ChunkBytes - 1 }).Status);
        Assert.Equal(CompressionStatus.Done, Limited(new DecompressorOptions { MaxChunkBytes = ChunkBytes }).Status);
        Assert.Equal(CompressionStatus.Done, Limited(new DecompressorOptions { MaxBytes = Content.Length }).Status);
        DecompressResult result = Limited(new DecompressorOptions { MaxBytes = Content.Length - 1 });
        Assert.Equal(new DecompressResult(CompressionStatus.LimitExceeded, (Chunks - 1) * ChunkBytes, Starts()[Chunks - 1]), result);
    }

    [Fact]
    public void A_destination_that_is_too_small_takes_the_chunks_that_fit()
    {
        using var decompressor = new Decompressor();
        var back = new byte[Content.Length];
        DecompressResult result = decompressor.Decompress(Payload, back.AsSpan(0, Content.Length - 1));
        Assert.Equal(
            new DecompressResult(CompressionStatus.DestinationTooSmall, (Chunks - 1) * ChunkBytes, Starts()[Chunks - 1]), result);
    }

    [Fact]
    public void Heads_that_no_payload_has_are_told_apart()
    {
        Assert.Equal(CompressionStatus.Truncated, Status([]));
        Assert.Equal(CompressionStatus.Truncated, Status([0x4C, 0x41]));
        Assert.Equal(CompressionStatus.NotCompressed, Status([1, 2, 3, 4, 5, 6]));
        Assert.Equal(CompressionStatus.Unsupported, Status([.. Payload[..4], 1, .. Payload[5..]]));
        Assert.Equal(CompressionStatus.Unsupported, Status(With(7, [1, 2, 3], 3)));
        Assert.Equal(CompressionStatus.InvalidData, Status([.. Payload, 0]));
    }

    [Theory]
    [InlineData(1, 3, 4)] // stored: fewer bytes than declared
    [InlineData(2, 2, 4)] // a run of two values
    [InlineData(2, 0, 4)] // a run of none
    [InlineData(2, 1, 0)] // a chunk of nothing
    [InlineData(5, 3, 4)] // no LZ4 block
    [InlineData(6, 3, 4)] // no kind of floats
    [InlineData(6, 0, 4)] // floats without a kind
    public void Bodies_that_no_encoder_makes_are_refused_under_a_right_check(byte method, int bodyBytes, int count)
    {
        byte[] body = new byte[bodyBytes];
        bool missing = method == 5 && !Lz4Block.IsAvailable;
        Assert.Equal(missing ? CompressionStatus.LibraryMissing : CompressionStatus.InvalidData, Status(With(method, body, count)));
    }

    [Fact]
    public void A_run_of_the_largest_chunk_is_six_bytes_of_body_and_bounded_work()
    {
        var back = new byte[1 << 24];
        using var decompressor = new Decompressor();
        byte[] payload = With(2, [7], 1 << 24);
        Assert.Equal(new DecompressResult(CompressionStatus.Done, 1 << 24, payload.Length), decompressor.Decompress(payload, back));
        Assert.False(back.AsSpan().ContainsAnyExcept((byte)7));
        Assert.Equal(CompressionStatus.LimitExceeded, Status(With(2, [7], (1 << 24) + 1)));
    }

    /// <summary>Source and destination end at pages that cannot be touched. Checks are made right again: bodies are decoded.</summary>
    [Fact]
    public void Nothing_beyond_the_buffers_is_read_or_written()
    {
        const int room = 3000;
        var random = new Random(1);
        var options = new CompressorOptions { ChunkBytes = ChunkBytes };
        using var source = new GuardedMemory<byte>(2 * room);
        using var destination = new GuardedMemory<byte>(room);
        using var decompressor = new Decompressor();
        foreach (CompressionMethod method in Enum.GetValues<CompressionMethod>())
        foreach ((_, byte[] content) in PayloadInputs.All(room))
        {
            if (!Lz4Block.IsAvailable && method is CompressionMethod.Lz4 or CompressionMethod.Lz4Frame)
            {
                continue;
            }

            byte[] payload = Compressor.Compress(content, options with { Method = method });
            for (int round = 0; round < 40; round++)
            {
                Span<byte> damaged = source.Last(payload.Length);
                payload.CopyTo(damaged);
                for (int change = round == 0 ? 0 : random.Next(1, 5); change > 0; change--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                PayloadTarget.RepairChecks(damaged);
                DecompressResult result = decompressor.Decompress(damaged, destination.Last(content.Length));
                Assert.True(round > 0 || result.Status == CompressionStatus.Done, $"{method}: {result.Status}");
            }
        }
    }

    /// <summary>A payload of one chunk, its checks right.</summary>
    internal static byte[] With(byte method, byte[] body, int count)
    {
        List<byte> payload = [0x4C, 0x41, 0x43, 0x9A, 0];
        Append(payload, [method, .. Varint(count), .. Varint(body.Length), .. body]);
        Append(payload, [0, .. Varint(count), 0]);
        return [.. payload];
    }

    static void Append(List<byte> payload, byte[] chunk)
    {
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(check, Crc32C.Run(0, chunk));
        payload.AddRange([.. chunk, .. check]);
    }

    static IEnumerable<byte> Varint(int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    static List<int> Starts()
    {
        List<int> starts = [];
        var scan = new ChunkScan(Payload, int.MaxValue, long.MaxValue);
        while (scan.Next(out Chunk chunk))
        {
            starts.Add(chunk.Start);
        }

        Assert.Equal(Chunks, starts.Count);
        starts.Add(scan.Position - 8);
        return starts;
    }

    static DecompressResult Limited(DecompressorOptions options)
    {
        using var decompressor = new Decompressor(options);
        return decompressor.Decompress(Payload, new byte[Content.Length]);
    }

    static CompressionStatus Status(byte[] payload)
    {
        Decompress(payload, out DecompressResult result);
        return result.Status;
    }

    static byte[] Decompress(byte[] payload, out DecompressResult result)
    {
        var back = new byte[Content.Length];
        using var decompressor = new Decompressor();
        result = decompressor.Decompress(payload, back);
        return back;
    }
}
