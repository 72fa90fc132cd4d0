using Lacuna.Kernels;
using Lacuna.Quantization;

namespace Lacuna.Tests.Engine.Quantization;

using static QuantizationData;

public class GroupedQuantizerTests
{
    [Fact]
    public void Every_subvector_of_a_product_is_quantised_alone()
    {
        Codebook[] codebooks = [new(2, Gaussian(2 * 7, 1)), new(3, Gaussian(3 * 11, 2)), new(1, Gaussian(4, 3))];
        var product = new ProductQuantizer(codebooks);
        Assert.Equal((6, 3, 1), (product.Dimensions, product.IndicesPerVector, product.Stages));
        Assert.Equal([7, 11, 4], Enumerable.Range(0, 3).Select(product.CodewordsAt));
        float[] vectors = Gaussian(1500 * 6, 4);
        int[] indices = Encode(product, vectors);
        for (int group = 0, first = 0; group < 3; first += codebooks[group++].Dimensions)
        {
            int own = codebooks[group].Dimensions;
            float[] parts = [.. vectors.Chunk(6).SelectMany(x => x.AsSpan(first, own).ToArray())];
            int[] alone = new int[1500];
            Assert.True(new VectorQuantizer(codebooks[group]).Encode(parts, alone).IsDone);
            Assert.Equal(alone, indices.Where((_, i) => i % 3 == group));
        }

        float[] decoded = Decode(product, indices);
        Assert.Equal(indices, Encode(product, decoded));
        Assert.Equal(decoded, Decode(product, Encode(product, decoded)));
    }

    [Fact]
    public void Groups_of_residuals_decode_with_as_many_stages_as_each_has()
    {
        var first = new ResidualQuantizer(Stages(3, 8, 2, 1));
        var second = new ResidualQuantizer(Stages(1, 5, 4, 9));
        var grouped = new GroupedQuantizer(first, second);
        Assert.Equal((6, 4, 3), (grouped.Dimensions, grouped.IndicesPerVector, grouped.Stages));
        int[] indices = Encode(grouped, Gaussian(20 * 6, 5));
        var decoded = new float[20 * 6];
        Assert.True(grouped.Decode(indices, decoded, 2).IsDone);
        int[] path = indices[..4];
        float[] expected = [.. Decode(first.Prefix(2), path.AsSpan(0, 2)), .. Decode(second, path.AsSpan(3))];
        Assert.Equal(expected, decoded[..6]);
        Assert.Equal(QuantizationStatus.InvalidIndex, grouped.Decode([0, 0, 0, 5], new float[6]).Status);
        Assert.Equal(3, grouped.Decode([0, 0, 0, 5], new float[6]).Position);
    }

    [Fact]
    public void Branches_of_a_split_encode_the_same_vector_and_add_up()
    {
        var semantic = new QuantizerBranch(
            new PointwiseWeights(3, 2, [1, 0, 0, 0, 1, 0], []),
            new ResidualQuantizer(new Codebook(2, [0, 0, 4, 4])),
            new PointwiseWeights(2, 3, [1, 0, 0, 1, 0, 0], []));
        var acoustic = new QuantizerBranch(null, new ResidualQuantizer(Stages(2, 6, 3, 2)), null);
        var split = new SplitQuantizer(semantic, acoustic);
        Assert.Equal((3, 3, 3), (split.Dimensions, split.IndicesPerVector, split.Stages));
        float[] vectors = Gaussian(400 * 3, 3, 3);
        int[] indices = Encode(split, vectors);
        Assert.Equal(Encode(acoustic.Quantizer, vectors), indices.Where((_, i) => i % 3 > 0));
        Assert.Equal(vectors.Chunk(3).Select(x => x[0] + x[1] > 4 ? 1 : 0), indices.Where((_, i) => i % 3 == 0));

        float[] rest = Decode(acoustic.Quantizer, [2, 5]);
        Assert.Equal([4 + rest[0], 4 + rest[1], 0 + rest[2]], Decode(split, [1, 2, 5]));
        var coarse = new float[3];
        Assert.True(split.Decode([1, 2, 5], coarse, 1).IsDone);
        Assert.Equal([4, 4, 0], coarse);
        Assert.True(split.Decode([1, 2, 5], coarse, 2).IsDone);
        float[] one = Decode(acoustic.Quantizer.Prefix(1), [2]);
        Assert.Equal([4 + one[0], 4 + one[1], 0 + one[2]], coarse);
        Assert.Equal(coarse, Decode(split.Prefix(2), [1, 2]));
        Assert.Equal([4f, 4, 0], Decode(split.Prefix(1), [1]));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new GroupedQuantizer());
        Assert.ThrowsAny<ArgumentException>(() => new ProductQuantizer());
        Assert.ThrowsAny<ArgumentException>(() => new SplitQuantizer());
        var plain = new ResidualQuantizer(new Codebook(2, [1, 2]));
        var wide = new PointwiseWeights(3, 2, new float[6], []);
        Assert.ThrowsAny<ArgumentException>(() => new SplitQuantizer(new QuantizerBranch(wide, plain, null)));
        Assert.ThrowsAny<ArgumentException>(
            () => new SplitQuantizer(new QuantizerBranch(null, plain, null), new QuantizerBranch(wide, plain, wide)));
    }
}
