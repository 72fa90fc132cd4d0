using Lacuna.Kernels;
using Lacuna.Quantization;

namespace Lacuna.Tests.Engine.Quantization;

public class CodebookTests
{
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
    public void Codewords_come_back_as_they_are_kept()
    {
        float[] copy = new float[2];
        new Codebook(2, [1, 2, 3, 4]).CopyCodeword(1, copy);
        Assert.Equal([3f, 4f], copy);
        new Codebook(2, [127, 0.4f], new CodebookOptions { Storage = CodewordStorage.Int8 }).CopyCodeword(0, copy);
        Assert.Equal([127f, 0f], copy);
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, [1, 2]).CopyCodeword(1, copy));
        Assert.ThrowsAny<ArgumentException>(() => new Codebook(2, [1, 2]).CopyCodeword(0, new float[1]));
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
}
