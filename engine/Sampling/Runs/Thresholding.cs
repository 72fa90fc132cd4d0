namespace Lacuna.Sampling;

/// <summary>Dynamic thresholding of one picture's data.</summary>
static class Thresholding
{
    /// <param name="threshold">The quantile and its bound.</param>
    /// <param name="data">One picture's data, changed in place.</param>
    /// <param name="selection">As many elements, overwritten.</param>
    public static void Apply(DynamicThreshold threshold, Span<float> data, Span<float> selection)
    {
        for (int i = 0; i < data.Length; i++)
        {
            selection[i] = MathF.Abs(data[i]);
        }

        float limit = Math.Clamp(Quantile(selection, threshold.Ratio), 1f, (float)Math.Max(1, threshold.Most));
        for (int i = 0; i < data.Length; i++)
        {
            float value = data[i];
            value = value > limit ? limit : value;
            data[i] = (-limit > value ? -limit : value) / limit;
        }
    }

    /// <summary>The quantile of numbers of 0 or more, between two of them where it falls so; the numbers are reordered.</summary>
    internal static float Quantile(Span<float> values, double ratio)
    {
        double rank = ratio * (values.Length - 1);
        int below = (int)rank;
        float low = Select(values, below);
        if (below + 1 == values.Length)
        {
            return low;
        }

        float high = values[below + 1];
        foreach (float value in values[(below + 1)..])
        {
            high = value < high ? value : high;
        }

        float weight = (float)(rank - below);
        return weight < 0.5f ? low + (weight * (high - low)) : high - ((high - low) * (1 - weight));
    }

    /// <summary>The value of a rank; smaller ones then lie before it and greater ones after (Hoare's selection).</summary>
    static float Select(Span<float> values, int rank)
    {
        int first = 0, last = values.Length - 1;
        while (first < last)
        {
            float pivot = values[first + ((last - first) / 2)];
            int left = first, right = last;
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (pivot < values[right])
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (rank <= right)
            {
                last = right;
            }
            else if (rank >= left)
            {
                first = left;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }
}
