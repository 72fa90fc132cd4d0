using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy.Chunks;

public class CompressorTests
{
    public static TheoryData<CompressionMethod> Methods { get; } =
        new(Enum.GetValues<CompressionMethod>()
            .Where(method => Lz4Block.IsAvailable || method is not (CompressionMethod.Lz4 or CompressionMethod.Lz4Frame)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bytes_of_every_kind_and_length_come_back(CompressionMethod method)
    {
        foreach (int count in (int[])[0, 1, 2, 3, 5, 20, 100, 1023, 1024, 1025, 5000, 70_003])
        foreach ((string name, byte[] bytes) in PayloadInputs.All(count))
        foreach (FloatKind kind in method == CompressionMethod.Floats ? Enum.GetValues<FloatKind>() : [FloatKind.BFloat16])
        {
            var options = new CompressorOptions { Method = method, FloatKind = kind, ChunkBytes = 4096 };
            byte[] payload = Compressor.Compress(bytes, options);
            Assert.InRange(payload.LongLength, 1, Compressor.MaxCompressedBytes(bytes.Length, options));
            Assert.True(Same(bytes, payload), $"{method} {kind} {name} {count}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Threads_change_no_byte(CompressionMethod method)
    {
        byte[] bytes = [.. PayloadInputs.All(30_000).SelectMany(item => item.Bytes)];
        var options = new CompressorOptions { Method = method, ChunkBytes = 5000 };
        byte[] alone = Compressor.Compress(bytes, options);
        foreach (int threads in (int[])[2, 5])
        {
            Assert.Equal(alone, Compressor.Compress(bytes, options with { Threads = threads }));
            var back = new byte[bytes.Length];
            using var decompressor = new Decompressor(new DecompressorOptions { Threads = threads });
            Assert.Equal(new DecompressResult(CompressionStatus.Done, bytes.Length, alone.Length), decompressor.Decompress(alone, back));
            Assert.Equal(bytes, back);
        }
    }

    [Fact]
    public void Noise_grows_by_a_few_bytes_a_chunk()
    {
        byte[] noise = PayloadInputs.Noise(1 << 20);
        Assert.InRange(Compressor.Compress(noise).Length - noise.Length, 0, 5 + 9 + (11 * 4));
        byte[] small = Compressor.Compress(noise, new CompressorOptions { ChunkBytes = 1024 });
        Assert.InRange(small.Length - noise.Length, 0, 5 + 9 + (9 * 1024));
    }

    [Fact]
    public void A_destination_that_is_too_small_is_told_and_no_byte_past_it_is_written()
    {
        byte[] bytes = PayloadInputs.Bell(10_000);
        var options = new CompressorOptions { ChunkBytes = 1024 };
        byte[] payload = Compressor.Compress(bytes, options);
        foreach (int threads in (int[])[1, 3])
        {
            using var compressor = new Compressor(options with { Threads = threads });
            foreach (int room in (int[])[0, 1, 4, 5, 100, 1020, 4000, payload.Length - 5, payload.Length - 1])
            {
                var destination = new byte[payload.Length + 100];
                destination.AsSpan(room).Fill(0xA5);
                CompressionStatus status = compressor.Compress(bytes, destination.AsSpan(0, room), out int written);
                Assert.Equal((CompressionStatus.DestinationTooSmall, 0), (status, written));
                Assert.False(destination.AsSpan(room).ContainsAnyExcept((byte)0xA5));
            }

            var exact = new byte[payload.Length];
            Assert.Equal(CompressionStatus.Done, compressor.Compress(bytes, exact, out int all));
            Assert.Equal((payload.Length, true), (all, exact.AsSpan().SequenceEqual(payload)));
        }
    }

    [Fact]
    public void Neither_direction_allocates_once_it_has_run()
    {
        byte[] bytes = [.. PayloadInputs.All(100_000).SelectMany(item => item.Bytes)];
        var options = new CompressorOptions { ChunkBytes = 1 << 14 };
        using var compressor = new Compressor(options);
        using var decompressor = new Decompressor();
        var payload = new byte[Compressor.MaxCompressedBytes(bytes.Length, options)];
        var back = new byte[bytes.Length];
        int written = 0;
        void Go()
        {
            compressor.Compress(bytes, payload, out written);
            decompressor.Decompress(payload.AsSpan(0, written), back);
        }

        Go();
        Go();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Go();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(bytes, back);
    }

    [Fact]
    public void Options_out_of_range_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => new Compressor(new CompressorOptions { Method = (CompressionMethod)99 }));
        Assert.Throws<ArgumentException>(() => new Compressor(new CompressorOptions { FloatKind = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compressor(new CompressorOptions { ChunkBytes = 1000 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compressor(new CompressorOptions { ChunkBytes = (1 << 24) + 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compressor(new CompressorOptions { Lz4Level = 13 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compressor(new CompressorOptions { Threads = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Decompressor(new DecompressorOptions { MaxChunkBytes = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compressor.MaxCompressedBytes(-1));
    }

    static bool Same(byte[] bytes, byte[] payload)
    {
        var back = new byte[bytes.Length];
        using var decompressor = new Decompressor();
        DecompressResult result = decompressor.Decompress(payload, back);
        return result == new DecompressResult(CompressionStatus.Done, bytes.Length, payload.Length) && bytes.AsSpan().SequenceEqual(back);
    }
}
