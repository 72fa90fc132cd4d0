using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Lacuna.Codecs.Tokens;
using Lacuna.Kernels;
using Lacuna.Streams;
using Lacuna.Workers;

namespace Lacuna.Tests.Engine.Codecs.Tokens;

public class TokenTests
{
    [Fact]
    public void Any_tokens_come_back() =>
        Prop.ForAll((PositiveInt seed) =>
        {
            var random = new System.Random(seed.Get);
            int[] codewords = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, random.Next(2, 3000)))];
            int skew = random.Next(1, 5);
            int[] tokens = Draw(random, codewords, random.Next(0, 400), skew);
            byte[] chunk = Encode(tokens, codewords, (TokenModel)(seed.Get % 2));
            return TokenDecoder.Decode(chunk, out TokenChunkInfo? info, out int[] decoded) == StreamStatus.Done
                && info!.Vectors == tokens.Length / codewords.Length
                && info.Codewords.SequenceEqual(codewords)
                && decoded.SequenceEqual(tokens);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Uneven_tokens_take_fewer_bytes_and_even_ones_no_more_than_their_bits()
    {
        var random = new System.Random(1);
        int[] codewords = [1024, 1024, 1024, 1024];
        int[] even = Draw(random, codewords, 2000, 1), uneven = Draw(random, codewords, 2000, 4);
        Assert.InRange(Encode(even, codewords).Length, 0, 2000 * 4 * 10 / 8 + 60);
        Assert.InRange(Encode(uneven, codewords).Length, 0, 2000 * 4 * 9 / 8);
        Assert.InRange(Encode(new int[8000], codewords).Length, 0, 400);
        Assert.InRange(Encode(uneven, codewords, TokenModel.Static).Length, 0, 2000 * 4 * 10 / 8 - 500);
        Assert.InRange(Encode(new int[8000], codewords, TokenModel.Static).Length, 0, 100);
    }

    [Fact]
    public void Every_stage_has_a_model_of_its_own()
    {
        // Each stage holds one value: a model for all would take bits to tell the stages apart.
        int[] codewords = [256, 256, 256, 256];
        int[] tokens = [.. Enumerable.Range(0, 4 * 4000).Select(i => i % 4 * 71)];
        Assert.InRange(Encode(tokens, codewords).Length, 0, 200);
    }

    [Fact]
    public void Chunks_that_do_not_fit_or_hold_what_cannot_be_are_told()
    {
        var buffer = new byte[1000];
        Assert.Equal(OperationStatus.InvalidData, TokenEncoder.Encode([0, 5], [5], buffer, out int written));
        Assert.Equal(0, written);
        Assert.Equal(OperationStatus.InvalidData, TokenEncoder.Encode([-1], [5], buffer, out _));
        Assert.ThrowsAny<ArgumentException>(() => TokenEncoder.Encode([0], [], buffer, out _));
        Assert.ThrowsAny<ArgumentException>(() => TokenEncoder.Encode([0], [0], buffer, out _));
        Assert.ThrowsAny<ArgumentException>(() => TokenEncoder.Encode([0], [65537], buffer, out _));
        Assert.ThrowsAny<ArgumentException>(() => TokenEncoder.Encode([0], [4, 4], buffer, out _));
        byte[] chunk = Encode([1, 2, 3, 4], [5, 5]);
        for (int room = 0; room < chunk.Length; room++)
        {
            Assert.Equal(OperationStatus.DestinationTooSmall, TokenEncoder.Encode([1, 2, 3, 4], [5, 5], new byte[room], out written));
            Assert.Equal(0, written);
        }
    }

    [Fact]
    public void Damage_is_found_wherever_it_is()
    {
        var random = new System.Random(2);
        int[] codewords = [16, 300];
        byte[] chunk = Encode(Draw(random, codewords, 40, 3), codewords, TokenModel.Static);
        for (int i = 0; i < chunk.Length; i++)
        {
            byte[] damaged = [.. chunk];
            damaged[i] ^= (byte)(1 << random.Next(8));
            Assert.NotEqual(StreamStatus.Done, TokenDecoder.Decode(damaged, out TokenChunkInfo? info, out int[] tokens));
            Assert.Null(info);
            Assert.Empty(tokens);
            Assert.NotEqual(StreamStatus.Done, TokenDecoder.Decode(chunk.AsSpan(0, i), out _, out _));
        }

        Assert.Equal(StreamStatus.LimitExceeded, TokenDecoder.Decode(chunk, out _, out _, 79));
        Assert.Equal(StreamStatus.Done, TokenDecoder.Decode(chunk, out _, out _, 80));
    }

    [Fact]
    public void Golden_chunk()
    {
        // 3 vectors of 2 stages, a run of 2 stages of 5 codewords; stage 0 adaptive in 1 byte, stage 1 in plain bits, 3 a token; check.
        Assert.Equal("030202050101370002E200D75CE5A8", Convert.ToHexString(Encode([1, 2, 3, 4, 3, 3], [5, 5])));
        Assert.Equal([1, 2, 3, 4, 3, 3], Decoded(Encode([1, 2, 3, 4, 3, 3], [5, 5])));
    }

    [Fact]
    public void A_file_holds_any_number_of_chunks_and_names_its_codebook()
    {
        var random = new System.Random(3);
        int[] codewords = [700, 3];
        int[] tokens = Draw(random, codewords, 300_000, 2);
        var file = new TokenFile(0x0123456789ABCDEF, codewords, tokens);
        byte[] bytes = file.ToArray();
        using var workers = new WorkerPool(2);
        Assert.Equal(bytes, file.ToArray(workers));
        Assert.Equal(StreamStatus.Done, TokenFile.Read(bytes, out TokenFile? read));
        Assert.Equal((file.Codebook, 300_000), (read!.Codebook, read.Vectors));
        Assert.Equal(codewords, read.Codewords);
        Assert.Equal(tokens, read.Tokens);

        Assert.Equal(StreamStatus.LimitExceeded, TokenFile.Read(bytes, out _, tokens.Length - 1));
        Assert.Equal(StreamStatus.Truncated, TokenFile.Read(bytes.AsSpan(0, bytes.Length - 1), out _));
        Assert.Equal(StreamStatus.Truncated, TokenFile.Read(bytes.AsSpan(0, 9), out _));
        Assert.Equal(StreamStatus.NotAStream, TokenFile.Read("LACX and more"u8, out _));
        Assert.Equal(StreamStatus.NotAStream, TokenFile.Read([], out _));
        bytes[4] = 9;
        Assert.Equal(StreamStatus.UnsupportedVersion, TokenFile.Read(bytes, out _));
        Assert.Equal(StreamStatus.Done, TokenFile.Read(new TokenFile(0, [8], []).ToArray(), out TokenFile? empty));
        Assert.Equal(0, empty!.Vectors);
    }

    [Fact]
    public void Many_stages_of_no_tokens_cost_little()
    {
        // No vectors; 4096 stages of 65,536 codewords; each an adaptive code of one byte.
        byte[] chunk = [0, 0x80, 0x20, 0x80, 0x20, 0x80, 0x80, 0x04, .. Enumerable.Repeat<byte[]>([1, 0], 4096).SelectMany(stage => stage)];
        chunk = [.. chunk, .. BitConverter.GetBytes(Crc32C.Run(0, chunk))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        TokenDecoder.Decode(chunk, out _, out int[] tokens);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Empty(tokens);
    }

    [Fact]
    public void A_head_that_promises_more_than_its_bytes_can_hold_is_refused()
    {
        // 2^24 vectors of 2 codewords in an adaptive stream of one byte.
        byte[] body = [0x80, 0x80, 0x80, 0x08, 1, 1, 2, 1, 1, 0];
        byte[] chunk = [.. body, .. BitConverter.GetBytes(Crc32C.Run(0, body))];
        Assert.Equal(StreamStatus.InvalidData, TokenDecoder.Decode(chunk, out _, out _));
    }

    static int[] Draw(System.Random random, int[] codewords, int vectors, int skew) =>
        [.. Enumerable.Range(0, vectors * codewords.Length).Select(i =>
        {
            double unit = 1;
            for (int k = 0; k < skew; k++)
            {
                unit *= random.NextDouble();
            }

            return (int)(unit * codewords[i % codewords.Length]);
        })];

    static byte[] Encode(int[] tokens, int[] codewords, TokenModel model = TokenModel.Adaptive)
    {
        var buffer = new byte[TokenEncoder.MaxEncodedBytes(tokens.Length / codewords.Length, codewords)];
        Assert.Equal(OperationStatus.Done, TokenEncoder.Encode(tokens, codewords, buffer, out int written, model));
        return buffer[..written];
    }

    static int[] Decoded(byte[] chunk)
    {
        Assert.Equal(StreamStatus.Done, TokenDecoder.Decode(chunk, out _, out int[] tokens));
        return tokens;
    }
}
