using Lacuna.Entropy;
using Lacuna.Interop;
using Lacuna.Kernels;
using Lacuna.Quantization;
using Lacuna.Sampling;

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
        ("lac_compress_options", typeof(CompressOptions)),
        ("lac_decompress_options", typeof(DecompressOptions)),
        ("lac_payload_properties", typeof(PayloadProperties)),
        ("lac_solver_options", typeof(SolverOptions)),
        ("lac_plan_options", typeof(PlanOptions)),
        ("lac_plan_properties", typeof(PlanProperties)),
        ("lac_plan_step", typeof(PlanStep)),
        ("lac_update_weights", typeof(UpdateWeights)),
        ("lac_update_tensors", typeof(UpdateTensors)),
    ];

    [Fact]
    public void Numbers_of_quantisers_are_those_of_the_engine()
    {
        Assert.Equal(Values<CodeMetric>("EUCLIDEAN", "COSINE", "INNER_PRODUCT"), AbiFiles.Layout("LAC_METRIC_"));
        Assert.Equal(Values<CodewordStorage>("FLOAT32", "BFLOAT16", "INT8"), AbiFiles.Layout("LAC_CODEWORDS_"));
        Assert.Equal(Values<NonFinite>("REJECT", "MAP"), AbiFiles.Layout("LAC_NON_FINITE_"));
        Assert.Equal(Values<FiniteScalarBound>("TANH", "NEAREST"), AbiFiles.Layout("LAC_BOUND_"));
    }

    [Fact]
    public void Numbers_of_payloads_are_those_of_the_engine()
    {
        string[] methods = ["AUTO", "STORED", "RANS", "ADAPTIVE", "LZ4", "LZ4_FRAME", "FLOATS"];
        Assert.Equal(Values<CompressionMethod>(methods), AbiFiles.Layout("LAC_METHOD_"));
        Assert.Equal(Values<FloatKind>("BFLOAT16", "FLOAT16", "FLOAT32"), AbiFiles.Layout("LAC_FLOAT_"));
    }

    [Fact]
    public void Numbers_of_samplers_are_those_of_the_engine()
    {
        string[] predictions = ["NOISE", "VELOCITY", "DATA", "FLOW", "PRECONDITIONED", "PRECONDITIONED_VELOCITY"];
        Assert.Equal(Values<Prediction>(predictions), AbiFiles.Layout("LAC_PREDICTION_"));
        Assert.Equal(Values<NetworkFormat>("FLOAT32", "FLOAT16", "BFLOAT16"), AbiFiles.Layout("LAC_NETWORK_"));
    }

    static Dictionary<string, long> Values<TEnum>(params string[] names)
        where TEnum : struct, Enum =>
        names.Zip(Enum.GetValues<TEnum>()).ToDictionary(pair => pair.First, pair => Convert.ToInt64(pair.Second));
}
