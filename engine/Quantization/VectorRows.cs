namespace Lacuna.Quantization;

/// <summary>Sums and copies of vectors, an element after the other: small beside the searches around them.</summary>
static class VectorRows
{
    public static void Add(Span<float> sum, ReadOnlySpan<float> row)
    {
        for (int i = 0; i < sum.Length && i < row.Length; i++)
        {
            sum[i] += row[i];
        }
    }

    /// <summary>Copies rows of a stride to where they lie one after the other; the destination's length says how many.</summary>
    public static void Gather(ReadOnlySpan<float> source, int stride, Span<float> destination, int dimensions)
    {
        for (int row = 0; row < destination.Length / dimensions; row++)
        {
            source.Slice(row * stride, dimensions).CopyTo(destination.Slice(row * dimensions, dimensions));
        }
    }

    /// <summary>Divides every element, in double, rounded once.</summary>
    public static void Divide(Span<float> vector, double divisor)
    {
        foreach (ref float element in vector)
        {
            element = (float)(element / divisor);
        }
    }

    /// <summary>The squared length, summed in double over ascending elements.</summary>
    public static double SquaredNorm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float element in vector)
        {
            sum += (double)element * element;
        }

        return sum;
    }
}
