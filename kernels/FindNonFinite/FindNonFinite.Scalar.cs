namespace Lacuna.Kernels;

public static unsafe partial class FindNonFinite
{
    /// <summary>The reference: slow, plain, and right by reading.</summary>
    static int Scalar(ReadOnlySpan<float> source)
    {
        for (int i = 0; i < source.Length; i++)
        {
            if (!float.IsFinite(source[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
