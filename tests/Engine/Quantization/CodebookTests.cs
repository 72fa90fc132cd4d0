using Lacuna.Quantization;

namespace Lacuna.Tests.Engine.Quantization;

public class CodebookTests
{
    [Fact]
    public void Bfloat16_rounds_half_to_even()
    {
        float[] rounded = Stored(CodewordStorage.BFloat16, [1f, 1.00390625f, 1.01171875f, -3.14159274f]);
        Assert.Equal([1f, 1f, 1.015625f, -3.140625f], rounded);
    }

    [Fact]
    public void Int8_keeps_the_greatest_element_and_a_codeword_of_zeros()
    {
        Assert.Equal([127f, -64f, 0.0f, 1f], Stored(CodewordStorage.Int8, [127f, -64.5f, 0.5f, 0.6f]));
        Assert.Equal([0f, 0f, 0f, 0f], Stored(CodewordStorage.Int8, [0, -0f, 0, 0]));
    }

    [Fact]
    public void Search_uses_the_stored_codewords()
    {
        // 1.001 and 1.002 are both 1 in bfloat16: a tie.
        var codebook = new Codebook(1, [1.001f, 1.002f], new CodebookOptions { Storage = CodewordStorage.BFloat16 });
        int[] indices = new int[1];
        new VectorQuantizer(codebook).Encode([2], indices);
        Assert.Equal(0, indices[0]);
    }

    [Fact]
    public void Codewords_that_are_none_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(0, [1]));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(-1, [1]));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, []));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, [1]));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, [1, 2, 3]));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(1, [1], new CodebookOptions { Storage = (CodewordStorage)9 }));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(1, [1], new CodebookOptions { Metric = (CodeMetric)9 }));
        Assert.ThrowsAny<ArgumentException>(
            () => new Codebook(1, [float.MaxValue], new CodebookOptions { Storage = CodewordStorage.BFloat16 }));
        string message = Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, [1, 2, 3, float.NaN])).Message;
        Assert.Contains("Element 1 of codeword 1", message);
    }

    static float[] Stored(CodewordStorage storage, float[] codeword)
    {
        float[] copy = new float[codeword.Length];
        new Codebook(codeword.Length, codeword, new CodebookOptions { Storage = storage }).CopyCodeword(0, copy);
        return copy;
    }
}
