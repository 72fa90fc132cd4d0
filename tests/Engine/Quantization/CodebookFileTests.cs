using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Quantization.Files;
using Lacuna.Tensors;

namespace Lacuna.Tests.Engine.Quantization;

using static QuantizationData;

public class CodebookFileTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        float[] vectors = Gaussian(50 * 6, 1);
        var residual = new ResidualQuantizer(Stages(3, 9, 6, 2));
        var product = new ProductQuantizer([.. Stages(3, 9, 2, 2)]);
        Codebook rated = Stages(1, 9, 6, 2)[0].WithRate(Gaussian(9, 4).Select(Math.Abs).ToArray(), 0.5f);
        var cosine = new Codebook(6, Gaussian(6 * 5, 3), new CodebookOptions { Metric = CodeMetric.Cosine });
        (CodeQuantizer Quantizer, byte[] File)[] cases =
        [
            (residual, CodebookFile.Write(residual)),
            (product, CodebookFile.Write(product)),
            (new ResidualQuantizer(rated), CodebookFile.Write(new ResidualQuantizer(rated))),
            (new ResidualQuantizer(cosine), CodebookFile.Write(new ResidualQuantizer(cosine))),
        ];
        foreach ((CodeQuantizer quantizer, byte[] file) in cases)
        {
            CodeQuantizer read = Read(file, "lacuna");
            Assert.Equal(quantizer.GetType(), read.GetType());
            int[] indices = Encode(quantizer, vectors);
            Assert.Equal(indices, Encode(read, vectors));
            Assert.Equal(Decode(quantizer, indices), Decode(read, indices));
        }

        Assert.NotEqual(Encode(new ResidualQuantizer(rated), vectors), Encode(new ResidualQuantizer(Stages(1, 9, 6, 2)), vectors));
    }

    [Theory]
    [InlineData("quantizer.layers.{0}.codebook.embed")]
    [InlineData("quantizer.vq.layers.{0}._codebook.embed")]
    public void Encodec(string names)
    {
        var writer = new TensorFileWriter();
        writer.Add("encoder.layers.0.conv.bias", [1, 2], 2);
        for (int k = 0; k < 3; k++)
        {
            writer.Add(string.Format(names, k), Gaussian(8 * 4, k), 8, 4);
            writer.Add(string.Format(names, k).Replace("embed", "cluster_size"), new float[8], 8);
        }

        CodeQuantizer read = Read(writer.ToArray(), "encodec");
        var expected = new ResidualQuantizer([.. Enumerable.Range(0, 3).Select(k => new Codebook(4, Gaussian(8 * 4, k)))]);
        float[] vectors = Gaussian(30 * 4, 9);
        Assert.Equal(Encode(expected, vectors), Encode(read, vectors));
        Assert.Equal(Encode(expected.WithBeam(4), vectors), Encode(CodebookFile.WithBeam(read, 4), vectors));
    }

    [Theory]
    [InlineData("", "weight")]
    [InlineData("weight_g", "weight_v")]
    [InlineData("parametrizations.weight.original0", "parametrizations.weight.original1")]
    public void Dac(string lengths, string directions)
    {
        const int Outer = 5, Inner = 2, Count = 6;
        float[] down = Gaussian(Inner * Outer, 1), up = Gaussian(Outer * Inner, 2), codewords = Gaussian(Count * Inner, 3);
        var writer = new TensorFileWriter();
        for (int k = 0; k < 2; k++)
        {
            string prefix = $"quantizer.quantizers.{k}.";
            writer.Add(prefix + "codebook.weight", codewords, Count, Inner);
            Add("in_proj", down, Inner, Outer);
            Add("out_proj", up, Outer, Inner);

            void Add(string name, float[] matrix, int outputs, int inputs)
            {
                writer.Add($"{prefix}{name}.bias", Gaussian(outputs, 4), outputs);
                writer.Add($"{prefix}{name}.{directions}", matrix, outputs, inputs, 1);
                if (lengths.Length > 0)
                {
                    float[] norms = [.. matrix.Chunk(inputs).Select(row => MathF.Sqrt(row.Sum(w => w * w)))];
                    writer.Add($"{prefix}{name}.{lengths}", norms, outputs, 1, 1);
                }
            }
        }

        CodeQuantizer read = Read(writer.ToArray(), "dac");
        Assert.Equal((Outer, 2), (read.Dimensions, read.Stages));
        var stage = new ResidualStage(
            new PointwiseWeights(Outer, Inner, down, Gaussian(Inner, 4)),
            new Codebook(Inner, codewords, new CodebookOptions { Metric = CodeMetric.Cosine }),
            new PointwiseWeights(Inner, Outer, up, Gaussian(Outer, 4)));
        float[] vectors = Gaussian(30 * Outer, 9, 3);
        var expected = new ResidualQuantizer(1, stage, stage);
        int[] indices = Encode(expected, vectors);
        Assert.Equal(indices, Encode(read, vectors));
        Assert.All(Decode(expected, indices).Zip(Decode(read, indices)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.ThrowsAny<ArgumentException>(() => CodebookFile.WithBeam(read, 3));
    }

    [Theory]
    [InlineData("quantizer.semantic_residual_vector_quantizer", "quantizer.acoustic_residual_vector_quantizer",
        "layers.{0}.codebook.embed_sum", "layers.{0}.codebook.cluster_usage")]
    [InlineData("quantizer.rvq_first", "quantizer.rvq_rest",
        "vq.layers.{0}._codebook.embedding_sum", "vq.layers.{0}._codebook.cluster_usage")]
    public void Mimi(string semantic, string acoustic, string sums, string usages)
    {
        const int Outer = 4, Inner = 2, Count = 5;
        var writer = new TensorFileWriter();
        foreach ((string branch, int stages, int seed) in new[] { (semantic, 1, 10), (acoustic, 3, 20) })
        {
            writer.Add(branch + ".input_proj.weight", Gaussian(Inner * Outer, seed), Inner, Outer, 1);
            writer.Add(branch + ".output_proj.weight", Gaussian(Inner * Outer, seed + 1), Outer, Inner, 1);
            for (int k = 0; k < stages; k++)
            {
                writer.Add($"{branch}.{string.Format(sums, k)}", Gaussian(Count * Inner, seed + 2 + k), Count, Inner);
                writer.Add($"{branch}.{string.Format(usages, k)}", [1, 2, 4, 0.5f, 0], Count);
            }
        }

        CodeQuantizer read = Read(writer.ToArray(), "mimi");
        Assert.Equal((Outer, 4, 4), (read.Dimensions, read.Stages, read.IndicesPerVector));
        QuantizerBranch[] branches = [.. new[] { (Stages: 1, Seed: 10), (Stages: 3, Seed: 20) }.Select(branch => new QuantizerBranch(
            new PointwiseWeights(Outer, Inner, Gaussian(Inner * Outer, branch.Seed), []),
            new ResidualQuantizer(
                [.. Enumerable.Range(0, branch.Stages).Select(k => Divided(Gaussian(Count * Inner, branch.Seed + 2 + k)))]),
            new PointwiseWeights(Inner, Outer, Gaussian(Inner * Outer, branch.Seed + 1), [])))];
        var expected = new SplitQuantizer(branches);
        float[] vectors = Gaussian(30 * Outer, 9);
        int[] indices = Encode(expected, vectors);
        Assert.Equal(indices, Encode(read, vectors));
        Assert.Equal(Decode(expected, indices), Decode(read, indices));

        static Codebook Divided(float[] sum) =>
            new(Inner, [.. sum.Select((x, i) => x / new[] { 1, 2, 4, 0.5f, 1e-5f }[i / Inner])]);
    }

    [Fact]
    public void Files_that_are_wrong_are_told_in_words()
    {
        Refused("cut short", [1, 2, 3]);
        Refused("no codebooks", Make(writer => writer.Add("weights", [1], 1)));
        Refused("matrix", Make(writer => writer.Add("quantizer.layers.0.codebook.embed", [1], 1)));
        Refused("not finite", Make(writer => writer.Add("quantizer.layers.0.codebook.embed", [1, float.NaN], 2, 1)));
        Refused("in_proj", Make(writer => writer.Add("quantizer.quantizers.0.codebook.weight", [1, 2], 2, 1)));
        Refused("quantizer.rvq_rest", Make(writer =>
        {
            writer.Add("quantizer.rvq_first.vq.layers.0._codebook.embedding_sum", [1, 2], 2, 1);
            writer.Add("quantizer.rvq_first.vq.layers.0._codebook.cluster_usage", [1, 2], 2);
        }));
        Refused("metric", Make(writer =>
        {
            writer.AddMetadata("lacuna.quantizer", "residual");
            writer.Add("codebook.0", [1], 1, 1);
        }));
        byte[] large = CodebookFile.Write(new ResidualQuantizer(Stages(2, 10, 5, 1)));
        Assert.False(CodebookFile.TryRead(large, out _, out _, out string fault, 99));
        Assert.Contains("limit", fault, StringComparison.Ordinal);
        Assert.True(CodebookFile.TryRead(large, out _, out _, out _, 100));
    }

    static byte[] Make(Action<TensorFileWriter> fill)
    {
        var writer = new TensorFileWriter();
        fill(writer);
        return writer.ToArray();
    }

    static void Refused(string word, byte[] file)
    {
        Assert.False(CodebookFile.TryRead(file, out CodeQuantizer? quantizer, out _, out string fault));
        Assert.Null(quantizer);
        Assert.Contains(word, fault, StringComparison.Ordinal);
    }

    static CodeQuantizer Read(byte[] file, string layout)
    {
        Assert.True(CodebookFile.TryRead(file, out CodeQuantizer? quantizer, out string found, out string fault), fault);
        Assert.Equal(layout, found);
        return quantizer!;
    }
}
