using System.Runtime.InteropServices;
using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<NearestCodeScreened.Fn, float, int>;

public class NearestCodeScreenedCheck
{
    /// <summary>What is hard to screen: codewords so close that integers cannot tell them apart, or of very unlike lengths.</summary>
    static readonly Pattern<float>[] Hard =
    [
        new("one heap", (random, span) => Fill(span, () => 1 + random.NextSingle() * 1e-5f)),
        new("a few values", (random, span) => Fill(span, () => random.Next(3) - 1)),
        new("last bits", (random, span) => Fill(span, () => BitConverter.Int32BitsToSingle(0x3F800000 + random.Next(4)))),
        new("unlike lengths", (random, span) => Fill(span, () => (random.NextSingle() - 0.5f) * MathF.ScaleB(1, random.Next(-12, 13)))),
        new("one large element", (random, span) => Fill(span, () => random.Next(50) == 0 ? 1000 : random.NextSingle())),
        new("almost too large", (random, span) => Fill(span, () => (random.NextSingle() - 0.5f) * 3e14f)),
        new("tiny", (random, span) => Fill(span, () => (random.NextSingle() - 0.5f) * 1e-25f)),
    ];

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_for_any_number_of_codewords() =>
        Check(Enumerable.Range(1, 70).Select(codes => Plain(vectors: 5, dimensions: 9, codes)));

    [Fact]
    public void Every_variant_finds_the_code_of_the_reference_for_any_number_of_vectors_and_dimensions() =>
        Check(
        [
            .. Enumerable.Range(0, 50).Select(vectors => Plain(vectors, 6, 130)),
            .. Enumerable.Range(1, 40).Select(dimensions => Plain(3, dimensions, 300, gap: dimensions % 2)),
        ]);

    [Theory]
    [InlineData(16, 2000)]
    [InlineData(128, 1500)]
    public void Screening_changes_no_index_of_many_codewords(int dimensions, int codes) => Check([Plain(20, dimensions, codes)]);

    [Fact]
    public void Without_vnni_the_indices_are_the_same()
    {
        if (Isa.Allows(IsaLevel.Avx2))
        {
            var table = new KernelTable<NearestCodeScreened.Fn>(
                "NearestCodeScreened without VNNI",
                NearestCodeScreened.Table.Reference,
                new Variant<NearestCodeScreened.Fn>(IsaLevel.Avx2, NearestCodeScreened.Avx2WithoutVnni));
            Case[] cases = [.. Enumerable.Range(1, 30).Select(codes => Plain(5, codes, 20 * codes))];
            KernelCheck.Exact(table, cases, [.. Patterns.Floats, .. Hard]);
        }
    }

    [Fact]
    public void Screening_changes_no_index_where_vectors_lie_between_codewords()
    {
        // Vectors halfway between two codewords, give or take the last bits.
        const int Dimensions = 128, Codes = 600, Vectors = 300;
        var random = new Random(1);
        float[] codewords = new float[Dimensions * Codes];
        Fill(codewords, () => random.NextSingle() - 0.5f);
        float[] bias = [.. codewords.Chunk(Dimensions).Select(code => (float)(-0.5 * code.Sum(c => (double)c * c)))];
        float[] source = new float[Vectors * Dimensions];
        for (int vector = 0; vector < Vectors; vector++)
        {
            (int first, int second) = (random.Next(Codes) * Dimensions, random.Next(Codes) * Dimensions);
            for (int i = 0; i < Dimensions; i++)
            {
                source[vector * Dimensions + i] = 0.5f * (codewords[first + i] + codewords[second + i]);
            }
        }

        var screen = new CodeScreen(new CodePanels(Dimensions, codewords, bias));
        int[] expected = new int[Vectors];
        NearestCodeScreened.Table.Reference.Run(new NearestCodeShape(Vectors, Dimensions), source, screen, expected, []);
        foreach (Variant<NearestCodeScreened.Fn> variant in NearestCodeScreened.Table.Runnable)
        {
            int[] indices = new int[Vectors];
            variant.Run(new NearestCodeShape(Vectors, Dimensions), source, screen, indices, []);
            Assert.Equal(expected, indices);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var screen = new CodeScreen(new CodePanels(2, new float[6], []));
        var shape = new NearestCodeShape(2, 2);
        Assert.ThrowsAny<ArgumentException>(() => NearestCodeScreened.Run(shape, new float[3], screen, new int[2], []));
        Assert.ThrowsAny<ArgumentException>(() => NearestCodeScreened.Run(shape, new float[4], screen, new int[1], []));
        Assert.ThrowsAny<ArgumentException>(
            () => new CodeScreen(new CodePanels(CodeScreen.MaxDimensions + 1, new float[CodeScreen.MaxDimensions + 1], [])));
    }

    static void Check(IEnumerable<Case> cases) => KernelCheck.Exact(NearestCodeScreened.Table, [.. cases], [.. Patterns.Floats, .. Hard]);

    static void Fill(Span<float> span, Func<float> next)
    {
        foreach (ref float element in span)
        {
            element = next();
        }
    }

    /// <summary>Inputs: vectors, codewords, biases. Outputs: the indices, then the scores' bits.</summary>
    static Case Plain(int vectors, int dimensions, int codes, int gap = 0)
    {
        var shape = new NearestCodeShape(vectors, dimensions + gap, 1 + gap);
        int rows = vectors == 0 ? 0 : (vectors - 1) * shape.SourceStride + dimensions;
        int indices = vectors == 0 ? 0 : (vectors - 1) * shape.IndexStride + 1;
        return new Case(
            $"{shape} {dimensions} x {codes}",
            [rows, codes * dimensions, codes],
            indices + vectors,
            (kernel, inputs, output) =>
            {
                float[] scores = new float[vectors];
                var screen = new CodeScreen(new CodePanels(dimensions, inputs[1], inputs[2]));
                kernel(shape, inputs[0], screen, output[..indices], scores);
                MemoryMarshal.Cast<float, int>(scores).CopyTo(output[indices..]);
            });
    }
}
