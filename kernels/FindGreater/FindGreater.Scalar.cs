namespace Lacuna.Kernels;

public static partial class FindGreater
{
    /// <summary>The reference: one element after the other.</summary>
    static int Scalar(ReadOnlySpan<float> x, int first, float offset, float threshold)
    {
        for (int i = first; i < x.Length; i++)
        {
            if (x[i] + offset > threshold)
            {
                return i;
            }
        }

        return -1;
    }
}
