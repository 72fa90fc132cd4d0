using System.Numerics;

namespace Lacuna.Entropy;

/// <summary>Turns counts into integer frequencies of a fixed sum, fast enough to do it for every block.</summary>
/// <remarks>
/// <para>
/// The best frequencies are those from which no unit can move with a gain. The gain of a unit, <c>c ln((f + 1) / f)</c>, is taken as
/// <c>c / sqrt(f (f + 1))</c>, which is within 2 % of it; so f is best where <c>f (f - 1) &lt;= (c s)^2 &lt; f (f + 1)</c> for a common
/// scale s. The scale is found in a few passes, and the last units are moved one by one.
/// </para>
/// <para>Class: exact, integers only. Source: the same criterion as <see cref="Frequencies.Normalise"/>.</para>
/// </remarks>
static class StaticFrequencies
{
    const int Symbols = 256;
    const int Passes = 6;
    const int ScaleBits = 32;

    /// <summary>Chooses the frequencies under which symbols with these counts take the fewest bits, or within a hair of it.</summary>
    /// <param name="counts">Shape [256]; at least one above 0, their sum below 2^32.</param>
    /// <param name="frequencies">Shape [256]; 1 or more where the count is above 0, else 0; their sum is 65536.</param>
    public static void FromCounts(ReadOnlySpan<uint> counts, Span<int> frequencies)
    {
        Span<ulong> weights = stackalloc ulong[Symbols];
        ulong sum = 0;
        foreach (uint count in counts)
        {
            sum += count;
        }

        // Weights below 2^32 whose sum has all of 32 bits, so that the integer criterion has digits to spare.
        int shift = BitOperations.LeadingZeroCount((uint)sum);
        for (int i = 0; i < Symbols; i++)
        {
            weights[i] = (ulong)counts[i] << shift;
        }

        Scale(weights, (ulong)FrequencyTable.Total << ScaleBits, sum << shift, frequencies);
        Settle(weights, frequencies);
    }

    /// <summary>Looks for the scale at which rounding comes near the total.</summary>
    static void Scale(ReadOnlySpan<ulong> weights, ulong total, ulong sum, Span<int> frequencies)
    {
        ulong scale = total / sum;
        for (int pass = 0; pass < Passes; pass++)
        {
            long scaled = 0;
            long given = 0;
            for (int i = 0; i < Symbols; i++)
            {
                int frequency = weights[i] == 0 ? 0 : Math.Max(1, Round(weights[i] * scale >> (ScaleBits - 8)));
                frequencies[i] = frequency;
                given += frequency;
                scaled += frequency > 1 ? frequency : 0;
            }

            long excess = given - FrequencyTable.Total;
            if (excess == 0 || scaled <= excess)
            {
                return;
            }

            scale = (ulong)((UInt128)scale * (ulong)(scaled - excess) / (ulong)scaled);
        }
    }

    /// <summary>The integer f with f (f - 1) &lt;= x^2 &lt; f (f + 1), x being given in 1/256.</summary>
    static int Round(ulong x)
    {
        ulong whole = x >> 8;
        return (int)(whole + (x * x >= (whole * (whole + 1)) << 16 ? 1u : 0));
    }

    /// <summary>Brings the sum to the total, and moves units as long as that gains.</summary>
    static void Settle(ReadOnlySpan<ulong> weights, Span<int> frequencies)
    {
        Span<ulong> gains = stackalloc ulong[Symbols]; // of one unit more
        Span<ulong> losses = stackalloc ulong[Symbols]; // of one unit less
        int left = FrequencyTable.Total;
        for (int i = 0; i < Symbols; i++)
        {
            left -= frequencies[i];
            Update(i, weights, frequencies, gains, losses);
        }

        while (true)
        {
            int to = IndexOfMax(gains);
            int from = IndexOfMin(losses);
            if (left == 0 && gains[to] <= losses[from])
            {
                return;
            }

            if (left >= 0)
            {
                frequencies[to]++;
                left--;
                Update(to, weights, frequencies, gains, losses);
            }

            if (left < 0)
            {
                frequencies[from]--;
                left++;
                Update(from, weights, frequencies, gains, losses);
            }
        }
    }

    /// <summary>Squares of the gain and the loss.</summary>
    static void Update(int i, ReadOnlySpan<ulong> weights, ReadOnlySpan<int> frequencies, Span<ulong> gains, Span<ulong> losses)
    {
        var frequency = (ulong)frequencies[i];
        ulong square = weights[i] * weights[i];
        gains[i] = frequency == 0 ? 0 : square / (frequency * (frequency + 1));
        losses[i] = frequency <= 1 ? ulong.MaxValue : square / (frequency * (frequency - 1));
    }

    static int IndexOfMax(ReadOnlySpan<ulong> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    static int IndexOfMin(ReadOnlySpan<ulong> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] < values[best] ? i : best;
        }

        return best;
    }
}
