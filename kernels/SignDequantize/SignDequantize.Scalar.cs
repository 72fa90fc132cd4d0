namespace Lacuna.Kernels;

public static partial class SignDequantize
{
    /// <summary>The reference: one bit after the other.</summary>
    static void Scalar(int dimensions, float scale, ReadOnlySpan<long> indices, Span<float> vectors)
    {
        for (int v = 0; v < indices.Length; v++)
        {
            for (int j = 0; j < dimensions; j++)
            {
                vectors[v * dimensions + j] = (indices[v] >> (dimensions - 1 - j) & 1) != 0 ? scale : -scale;
            }
        }
    }
}
