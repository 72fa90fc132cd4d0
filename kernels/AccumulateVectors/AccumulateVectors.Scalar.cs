namespace Lacuna.Kernels;

public static unsafe partial class AccumulateVectors
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static void Scalar(
        int dimensions, int sourceStride, ReadOnlySpan<float> source, ReadOnlySpan<int> codes, Span<double> sums, Span<long> counts)
    {
        for (int vector = 0; vector < codes.Length; vector++)
        {
            counts[codes[vector]]++;
            for (int i = 0; i < dimensions; i++)
            {
                sums[codes[vector] * dimensions + i] += source[vector * sourceStride + i];
            }
        }
    }
}
