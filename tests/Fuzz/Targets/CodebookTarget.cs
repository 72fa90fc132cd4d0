using System.Buffers.Binary;
using Lacuna.Quantization;
using Lacuna.Quantization.Files;
using Lacuna.Tensors;
using Lacuna.Tests.Engine.Tensors;

namespace Lacuna.Tests.Fuzz.Targets;

/// <summary><see cref="CodebookFile"/>: files of every layout, and a vector coded by what was read.</summary>
sealed class CodebookTarget : IFuzzTarget
{
    const int MaxElements = 1 << 12;
    const int MaxDimensions = 1 << 12;

    public string Name => "codebooks";

    public int Mutations => 1000;

    public long MostAllocated => 16 << 20;

    public bool Run(ReadOnlySpan<byte> input)
    {
        if (!CodebookFile.TryRead(input, out CodeQuantizer? quantizer, out string layout, out string fault, MaxElements))
        {
            Assert.Null(quantizer);
            Assert.NotEmpty(fault);
            return false;
        }

        Assert.NotEmpty(layout);
        Assert.InRange(quantizer!.Dimensions, 1, MaxDimensions);
        var vectors = new float[2 * quantizer.Dimensions];
        var indices = new int[2 * quantizer.IndicesPerVector];
        Assert.True(quantizer.Encode(vectors, indices).IsDone);
        Assert.True(quantizer.Decode(indices, vectors).IsDone);
        return true;
    }

    public IEnumerable<(string Name, byte[] Bytes)> MakeSeeds() =>
    [
        ("lacuna.safetensors", CodebookFile.Write(new ResidualQuantizer(new Codebook(2, Values(8)), new Codebook(2, Values(8))))),
        ("product.safetensors", CodebookFile.Write(new ProductQuantizer(new Codebook(2, Values(8)), new Codebook(1, Values(4))))),
        ("encodec.safetensors", Make(("quantizer.layers.0.codebook.embed", [4, 2]), ("quantizer.layers.1.codebook.embed", [4, 2]))),
        ("dac.safetensors", Make(
            ("quantizer.quantizers.0.codebook.weight", [4, 2]), ("quantizer.quantizers.0.in_proj.weight_v", [2, 3, 1]),
            ("quantizer.quantizers.0.in_proj.weight_g", [2, 1, 1]), ("quantizer.quantizers.0.out_proj.weight", [3, 2, 1]),
            ("quantizer.quantizers.0.out_proj.bias", [3]))),
        ("mimi.safetensors", Make(
            ("quantizer.rvq_first.vq.layers.0._codebook.embedding_sum", [4, 2]),
            ("quantizer.rvq_first.vq.layers.0._codebook.cluster_usage", [4]),
            ("quantizer.rvq_first.input_proj.weight", [2, 3, 1]), ("quantizer.rvq_first.output_proj.weight", [3, 2, 1]),
            ("quantizer.rvq_rest.vq.layers.0._codebook.embedding_sum", [4, 3]),
            ("quantizer.rvq_rest.vq.layers.0._codebook.cluster_usage", [4]))),
    ];

    /// <summary>Half the changes are to the header's text, with its length right.</summary>
    public byte[] Mutate(byte[] seed, byte[] other, Mutator mutator)
    {
        ulong length = seed.Length < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(seed);
        return mutator.Once(2) || length > (ulong)seed.Length - 8
            ? mutator.Change(seed, other)
            : TensorBytes.Make(mutator.Change(seed[8..(8 + (int)length)], other), seed[(8 + (int)length)..]);
    }

    static byte[] Make(params (string Name, int[] Shape)[] tensors)
    {
        var writer = new TensorFileWriter();
        foreach ((string name, int[] shape) in tensors)
        {
            writer.Add(name, Values(shape.Aggregate(1, (a, b) => a * b)), shape);
        }

        return writer.ToArray();
    }

    static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 5) - 1.5f)];
}
