using Lacuna.Kernels;

namespace Lacuna.Tests.Kernels;

using Case = KernelCase<GatherCodewords.Fn, float, float>;

public class GatherCodewordsCheck
{
    /// <summary>Finite values: what every storage can hold.</summary>
    static readonly Pattern<float>[] Finite =
        [.. Patterns.Floats.Where(pattern => pattern.Name is not ("edges" or "rare edges" or "any bits"))];

    public static TheoryData<GatherMode> Modes => [.. Enum.GetValues<GatherMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_variant_writes_the_bits_of_the_reference_for_any_number_of_dimensions(GatherMode mode) =>
        KernelCheck.Exact(
            GatherCodewords.Table,
            [
                .. Enumerable.Range(1, 70).Append(128).Append(131)
                    .Select(dimensions => Plain(3, dimensions, mode, Repeated(CodewordStorage.Single, 3))),
            ],
            Patterns.Floats);

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_storage_and_any_mixture_give_the_bits_of_the_reference(GatherMode mode) =>
        KernelCheck.Exact(
            GatherCodewords.Table,
            [
                .. from dimensions in new[] { 1, 7, 8, 16, 67, 128 }
                   from stages in new[]
                   {
                       [CodewordStorage.BFloat16],
                       [CodewordStorage.Int8],
                       [CodewordStorage.Single, CodewordStorage.Int8, CodewordStorage.Int8, CodewordStorage.BFloat16],
                       Repeated(CodewordStorage.Int8, 35),
                   }
                   select Plain(5, dimensions, mode, stages, gap: dimensions % 3),
            ],
            Finite);

    [Fact]
    public void Fewer_stages_than_indices_make_a_coarser_vector()
    {
        CodeRows[] stages = [new(1, [1, 2]), new(1, [10, 20]), new(1, [100, 200])];
        float[] y = new float[2];
        GatherCodewords.Run(new GatherShape(2, 3, 1), [1, 0, 1, 0, 1, 0], stages.AsSpan(0, 2), y);
        Assert.Equal([12f, 21f], y);
        GatherCodewords.Run(new GatherShape(2, 3, 1, GatherMode.Subtract), [1, 0, 1, 0, 1, 0], stages.AsSpan(0, 1), y);
        Assert.Equal([10f, 20f], y);
    }

    [Fact]
    public void Bfloat16_rounds_half_to_even() =>
        Assert.Equal([1f, 1f, 1.015625f, -3.140625f], Kept(CodewordStorage.BFloat16, [1f, 1.00390625f, 1.01171875f, -3.14159274f]));

    [Fact]
    public void Int8_keeps_the_greatest_element_and_a_codeword_of_zeros()
    {
        Assert.Equal([127f, -64f, 0f, 1f], Kept(CodewordStorage.Int8, [127f, -64.5f, 0.5f, 0.6f]));
        Assert.Equal([0f, 0f, 0f, 0f], Kept(CodewordStorage.Int8, [0, -0f, 0, 0]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        CodeRows[] stages = [new(2, new float[4]), new(2, new float[6])];
        float[] y = new float[4];
        Refused(new GatherShape(-1, 2, 2), [0, 0, 0, 0], stages, y);
        Refused(new GatherShape(2, 1, 2), [0, 0, 0, 0], stages, y);
        Refused(new GatherShape(2, 2, 2), [0, 0, 0], stages, y);
        Refused(new GatherShape(2, 2, 3), [0, 0, 0, 0], stages, y);
        Refused(new GatherShape(2, 2, 2), [0, 0, 0, 0], [], y);
        Refused(new GatherShape(2, 2, 2), [0, 0, 0, 3], stages, y);
        Refused(new GatherShape(2, 2, 2), [0, 0, -1, 0], stages, y);
        Refused(new GatherShape(1, 2, 3), [0, 0], [stages[0], new CodeRows(3, new float[3])], y);
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(0, [1]));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(2, []));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(2, [1, 2, 3]));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(1, [1], (CodewordStorage)3));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(1, [float.MaxValue], CodewordStorage.BFloat16));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(1, [float.NaN], CodewordStorage.BFloat16));
        Assert.ThrowsAny<ArgumentException>(() => new CodeRows(1, [float.PositiveInfinity], CodewordStorage.Int8));

        static void Refused(GatherShape shape, int[] indices, CodeRows[] stages, float[] y) =>
            Assert.ThrowsAny<ArgumentException>(() => GatherCodewords.Run(shape, indices, stages, y));
    }

    static float[] Kept(CodewordStorage storage, float[] codeword)
    {
        float[] y = new float[codeword.Length];
        GatherCodewords.Run(new GatherShape(1, 1, y.Length), [0], [new CodeRows(y.Length, codeword, storage)], y);
        return y;
    }

    static CodewordStorage[] Repeated(CodewordStorage storage, int stages) => [.. Enumerable.Repeat(storage, stages)];

    /// <summary>Inputs: the codewords of all stages. Output: the vectors, filled before where they are added to.</summary>
    static Case Plain(int vectors, int dimensions, GatherMode mode, CodewordStorage[] storages, int gap = 0)
    {
        const int Codes = 4;
        var shape = new GatherShape(vectors, storages.Length + gap, dimensions + gap, mode);
        var random = new Random(dimensions);
        int[] indices = [.. Enumerable.Range(0, vectors * shape.IndexStride).Select(_ => random.Next(Codes))];
        return new Case(
            $"{shape} {dimensions} {string.Join(',', storages)}",
            [storages.Length * Codes * dimensions],
            (vectors - 1) * shape.DestinationStride + dimensions,
            (kernel, inputs, output) =>
            {
                float[] codewords = inputs[0].ToArray();
                CodeRows[] stages =
                [
                    .. storages.Select((storage, stage) =>
                        new CodeRows(dimensions, codewords.AsSpan(stage * Codes * dimensions, Codes * dimensions), storage)),
                ];
                kernel(shape, indices, stages, output);
            },
            InPlace: true);
    }
}
