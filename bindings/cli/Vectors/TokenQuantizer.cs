using Lacuna.Cli.Files;
using Lacuna.Quantization;
using Lacuna.Workers;

namespace Lacuna.Cli.Vectors;

/// <summary>A quantiser as the command line sees it: vectors to rows of tokens that fit a token file, and back.</summary>
abstract class TokenQuantizer
{
    /// <summary>What it is, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Elements of a vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Shape [stages]: values that a token of each stage may take.</summary>
    public abstract int[] Codewords { get; }

    /// <summary>Indices of a vector, as arrays of indices have them: as many as stages, or one.</summary>
    public abstract int IndicesPerVector { get; }

    /// <summary>Names the codebook in token files; 0 where it is implied.</summary>
    public abstract ulong Hash { get; }

    /// <summary>Encodes vectors.</summary>
    /// <param name="tokens">Shape [vectors, stages]; empty unless the result is done.</param>
    public abstract QuantizationResult Encode(float[] vectors, NonFinite nonFinite, WorkerPool workers, out int[] tokens);

    /// <summary>Decodes tokens, each within its codebook.</summary>
    public abstract float[] Decode(int[] tokens);

    /// <summary>The indices that tokens are.</summary>
    public abstract long[] ToIndices(int[] tokens);

    /// <summary>The tokens that indices are; the first that names no codeword is thrown as a fault.</summary>
    /// <param name="indices">Shape [vectors, columns].</param>
    /// <param name="columns">1 to <see cref="IndicesPerVector"/>.</param>
    /// <exception cref="FileFormatException">An index names no codeword.</exception>
    public abstract int[] ToTokens(long[] indices, int columns);

    private protected static FileFormatException NoCodeword(int place, long index) =>
        new($"index {place} is {index}, which names no codeword");
}

/// <summary>Stored codewords, of a file.</summary>
sealed class StoredTokens(CodeQuantizer quantizer, string description, ulong hash) : TokenQuantizer
{
    public override string Description => description;

    public override int Dimensions => quantizer.Dimensions;

    public override int[] Codewords { get; } = [.. Enumerable.Range(0, quantizer.IndicesPerVector).Select(quantizer.CodewordsAt)];

    public override int IndicesPerVector => quantizer.IndicesPerVector;

    public override ulong Hash => hash;

    /// <summary>Chains of residual stages.</summary>
    public int Stages => quantizer.Stages;

    /// <summary>The same with fewer stages.</summary>
    public StoredTokens First(int stages) => new(quantizer.Prefix(stages), description, hash);

    public override QuantizationResult Encode(float[] vectors, NonFinite nonFinite, WorkerPool workers, out int[] tokens)
    {
        tokens = new int[vectors.Length / Dimensions * quantizer.IndicesPerVector];
        return quantizer.Encode(vectors, tokens, nonFinite, workers);
    }

    public override float[] Decode(int[] tokens)
    {
        var vectors = new float[checked(tokens.Length / quantizer.IndicesPerVector * Dimensions)];
        quantizer.Decode(tokens, vectors);
        return vectors;
    }

    public override long[] ToIndices(int[] tokens) => Array.ConvertAll(tokens, token => (long)token);

    public override int[] ToTokens(long[] indices, int columns)
    {
        var tokens = new int[indices.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isCodeword = indices[i] >= 0 && indices[i] < Codewords[i % columns];
            tokens[i] = isCodeword ? (int)indices[i] : throw NoCodeword(i, indices[i]);
        }

        return tokens;
    }
}

/// <summary>An implied codebook, whose indices are written as digits.</summary>
sealed class ImpliedTokens(BlockQuantizer<long> quantizer, int[] radices, string description) : TokenQuantizer
{
    public override string Description => description;

    public override int Dimensions => quantizer.Dimensions;

    public override int[] Codewords => radices;

    public override int IndicesPerVector => 1;

    public override ulong Hash => 0;

    public override QuantizationResult Encode(float[] vectors, NonFinite nonFinite, WorkerPool workers, out int[] tokens)
    {
        var indices = new long[vectors.Length / Dimensions];
        QuantizationResult result = quantizer.Encode(vectors, indices, nonFinite, workers);
        tokens = result.IsDone ? ToTokens(indices, 1) : [];
        return result;
    }

    public override float[] Decode(int[] tokens)
    {
        long[] indices = ToIndices(tokens);
        var vectors = new float[checked(indices.Length * Dimensions)];
        quantizer.Decode(indices, vectors);
        return vectors;
    }

    public override long[] ToIndices(int[] tokens)
    {
        var indices = new long[tokens.Length / radices.Length];
        MixedRadix.Join(tokens, radices, indices);
        return indices;
    }

    public override int[] ToTokens(long[] indices, int columns)
    {
        int wrong = indices.AsSpan().IndexOfAnyExceptInRange(0, quantizer.CodewordsAt(0) - 1);
        if (wrong >= 0)
        {
            throw NoCodeword(wrong, indices[wrong]);
        }

        var tokens = new int[indices.Length * radices.Length];
        MixedRadix.Split(indices, radices, tokens);
        return tokens;
    }
}
