namespace Lacuna.Quantization.Training;

/// <summary>Draws places with probabilities in proportion to weights.</summary>
sealed class Lottery
{
    readonly double[] sums;

    /// <param name="weights">At least one, each 0 or more; where all are 0, or their sum is not finite, all places are equal.</param>
    public Lottery(ReadOnlySpan<double> weights)
    {
        sums = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += weights[i];
        }

        if (!(sum > 0 && double.IsFinite(sum)))
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = i + 1;
            }
        }
    }

    /// <summary>The place that a number from 0 to just below 1 falls to.</summary>
    public int Draw(double unit)
    {
        double mark = unit * sums[^1];
        (int low, int high) = (0, sums.Length - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sums[middle] > mark ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
