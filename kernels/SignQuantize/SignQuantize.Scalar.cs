namespace Lacuna.Kernels;

public static partial class SignQuantize
{
    /// <summary>The reference: one bit after the other.</summary>
    static void Scalar(int dimensions, ReadOnlySpan<float> vectors, Span<long> indices)
    {
        for (int v = 0; v < indices.Length; v++)
        {
            long index = 0;
            foreach (float x in vectors.Slice(v * dimensions, dimensions))
            {
                index = index * 2 + (x > 0 ? 1 : 0);
            }

            indices[v] = index;
        }
    }
}
