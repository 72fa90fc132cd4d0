namespace Lacuna.Kernels;

public static partial class DepthwiseConvolution
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, Span<float> destination)
    {
        for (int row = 0; row < shape.RowCount; row++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                for (int channel = 0; channel < weights.Channels; channel++)
                {
                    destination[(row * shape.Width + x) * weights.Channels + channel] =
                        Sum(shape, source, weights, shape.FirstRow + row, x, channel);
                }
            }
        }
    }

    static float Sum(in DepthwiseShape shape, ReadOnlySpan<float> source, DepthwiseWeights weights, int y, int x, int channel)
    {
        int channels = weights.Channels;
        float sum = weights.TapsAndBias[DepthwiseWeights.Taps * channels + channel];
        for (int tap = 0; tap < DepthwiseWeights.Taps; tap++)
        {
            int fromY = y + tap / 3 - 1;
            int fromX = x + tap % 3 - 1;
            if (fromY >= 0 && fromY < shape.Height && fromX >= 0 && fromX < shape.Width)
            {
                float sample = source[(fromY * shape.Width + fromX) * channels + channel];
                sum = MathF.FusedMultiplyAdd(sample, weights.TapsAndBias[tap * channels + channel], sum);
            }
        }

        return sum;
    }
}
