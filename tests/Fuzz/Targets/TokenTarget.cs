using System.Buffers;
using Lacuna.Codecs.Tokens;
using Lacuna.Kernels;
using Lacuna.Streams;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="TokenDecoder"/>: a chunk of tokens.</summary>
sealed class TokenTarget : IFuzzTarget
{
    const int MaxTokens = 1 << 14;
    const int CheckBytes = sizeof(uint);

    public string Name => "tokens";

    public int Mutations => 1500;

    /// <summary>The tokens, and trees of 2^16 contexts.</summary>
    public long MostAllocated => 4 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        StreamStatus status = TokenDecoder.Decode(input, out TokenChunkInfo? info, out int[] tokens, MaxTokens);
        if (status != StreamStatus.Done)
        {
            Assert.Null(info);
            Assert.Empty(tokens);
            return false;
        }

        Assert.Equal(info!.Tokens, tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            Assert.InRange(tokens[i], 0, info.Codewords[i % info.Codewords.Length] - 1);
        }

        return true;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds()
    {
        var random = new Random(1);
        foreach ((string name, int vectors, int[] codewords, TokenModel model) in new[]
        {
            ("residual-4x1024.tokens", 30, new[] { 1024, 1024, 1024, 1024 }, TokenModel.Adaptive),
            ("mixed.tokens", 20, [2, 1, 65536, 5], TokenModel.Adaptive),
            ("static.tokens", 200, [1024, 100], TokenModel.Static),
            ("none.tokens", 0, [7], TokenModel.Adaptive),
        })
        {
            int[] tokens = [.. Enumerable.Range(0, vectors * codewords.Length)
                .Select(i => (int)(Math.Pow(random.NextDouble(), 4) * codewords[i % codewords.Length]))];
            var buffer = new byte[TokenEncoder.MaxEncodedBytes(vectors, codewords)];
            Assert.Equal(OperationStatus.Done, TokenEncoder.Encode(tokens, codewords, buffer, out int written, model));
            yield return (name, buffer[..written]);
        }
    }

    /// <summary>Most changes are followed by a right check.</summary>
    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        byte[] bytes = mutator.Change(seed, other);
        if (bytes.Length >= CheckBytes && !mutator.Once(4))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - CheckBytes), Crc32C.Run(0, bytes.AsSpan(0, bytes.Length - CheckBytes)));
        }

        return bytes;
    }
}
