namespace Lacuna.Kernels;

public static partial class PointwiseConvolution
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(
        in PointwiseShape shape,
        ReadOnlySpan<float> source,
        PointwiseWeights weights,
        ReadOnlySpan<float> residual,
        Span<float> destination)
    {
        for (int pixel = 0; pixel < shape.Pixels; pixel++)
        {
            for (int output = 0; output < weights.Outputs; output++)
            {
                float sum = weights.Bias[output];
                for (int input = 0; input < weights.Inputs; input++)
                {
                    float weight = weights.Panels[weights.IndexOf(output, input)];
                    sum = MathF.FusedMultiplyAdd(source[pixel * shape.SourceStride + input], weight, sum);
                }

                float result = shape.Activation == PointwiseActivation.None || sum >= 0 ? sum : sum * LeakySlope;
                destination[pixel * shape.DestinationStride + output] =
                    residual.IsEmpty ? result : residual[pixel * shape.ResidualStride + output] + result;
            }
        }
    }
}
