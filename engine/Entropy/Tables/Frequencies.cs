namespace Lacuna.Entropy;

/// <summary>Turns weights into integer frequencies of a fixed sum.</summary>
public static class Frequencies
{
    /// <summary>Chooses the integers of a given sum under which a source of these weights takes the fewest bits.</summary>
    /// <param name="weights">Each finite and 0 or more, on any scale; at least one above 0.</param>
    /// <param name="total">The sum, at least the number of weights above 0.</param>
    /// <param name="frequencies">As long as <paramref name="weights"/>; at least 1 where the weight is above 0, else 0.</param>
    /// <remarks>
    /// <para>
    /// Starts from the weights rounded down and moves one unit at a time where it gains most or hurts least. The gain
    /// w ln((f+1)/f) is taken as w / sqrt(f (f+1)), which is within 2 % of it and needs no logarithm. Ties go to the lowest index.
    /// </para>
    /// <para>Class: exact: only + - * / of doubles in one order. Cost: a pass over the weights for every unit moved.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative or not finite, or the total is too small.</exception>
    public static void Normalise(ReadOnlySpan<double> weights, int total, Span<int> frequencies)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frequencies.Length, weights.Length, nameof(frequencies));
        double sum = 0;
        int positive = 0;
        foreach (double weight in weights)
        {
            sum += double.IsFinite(weight) && weight >= 0
                ? weight
                : throw new ArgumentOutOfRangeException(nameof(weights), "Weights must be finite and 0 or more.");
            positive += weight > 0 ? 1 : 0;
        }

        ArgumentOutOfRangeException.ThrowIfZero(positive, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(total, positive);
        ArgumentOutOfRangeException.ThrowIfEqual(sum, double.PositiveInfinity, nameof(weights));

        int left = total;
        for (int i = 0; i < weights.Length; i++)
        {
            frequencies[i] = weights[i] > 0 ? Math.Max(1, (int)(weights[i] / sum * total)) : 0;
            left -= frequencies[i];
        }

        for (; left > 0; left--)
        {
            frequencies[MostGained(weights, frequencies, out _)]++;
        }

        for (; left < 0; left++)
        {
            frequencies[LeastLost(weights, frequencies, out _)]--;
        }

        // The sum is right; units still move where rounding up to 1 has left some weights with too much.
        int to = MostGained(weights, frequencies, out double gain);
        int from = LeastLost(weights, frequencies, out double loss);
        while (gain > loss)
        {
            frequencies[to]++;
            frequencies[from]--;
            to = MostGained(weights, frequencies, out gain);
            from = LeastLost(weights, frequencies, out loss);
        }
    }

    static int MostGained(ReadOnlySpan<double> weights, ReadOnlySpan<int> frequencies, out double most)
    {
        int best = -1;
        most = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            double f = frequencies[i];
            if (f > 0 && weights[i] / f * (weights[i] / (f + 1)) is double gain && gain > most)
            {
                (best, most) = (i, gain);
            }
        }

        return best;
    }

    static int LeastLost(ReadOnlySpan<double> weights, ReadOnlySpan<int> frequencies, out double least)
    {
        int best = -1;
        least = double.PositiveInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            double f = frequencies[i];
            if (f > 1 && weights[i] / (f - 1) * (weights[i] / f) is double loss && loss < least)
            {
                (best, least) = (i, loss);
            }
        }

        return best;
    }
}
