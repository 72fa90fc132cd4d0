using Lacuna.Interop;
using Lacuna.Kernels;
using Lacuna.Quantization;

namespace Lacuna.Tests.Abi;

/// <summary>The structures and numbers of the coders, quantisers and samplers, as interop/abi/layout.txt pins them.</summary>
public class CodingLayouts
{
    internal static readonly (string Name, Type Type)[] Structures =
    [
        ("lac_codebook_options", typeof(NativeCodebookOptions)),
        ("lac_training_options", typeof(NativeTrainingOptions)),
        ("lac_codebook_properties", typeof(CodebookProperties)),
        ("lac_vq_options", typeof(VqOptions)),
        ("lac_vq_properties", typeof(VqProperties)),
    ];

    [Fact]
    public void Numbers_of_quantisers_are_those_of_the_engine()
    {
        Assert.Equal(Values<CodeMetric>("EUCLIDEAN", "COSINE", "INNER_PRODUCT"), AbiFiles.Layout("LAC_METRIC_"));
        Assert.Equal(Values<CodewordStorage>("FLOAT32", "BFLOAT16", "INT8"), AbiFiles.Layout("LAC_CODEWORDS_"));
        Assert.Equal(Values<NonFinite>("REJECT", "MAP"), AbiFiles.Layout("LAC_NON_FINITE_"));
        Assert.Equal(Values<FiniteScalarBound>("TANH", "NEAREST"), AbiFiles.Layout("LAC_BOUND_"));
    }

    static Dictionary<string, long> Values<TEnum>(params string[] names)
        where TEnum : struct, Enum =>
        names.Zip(Enum.GetValues<TEnum>()).ToDictionary(pair => pair.First, pair => Convert.ToInt64(pair.Second));
}
