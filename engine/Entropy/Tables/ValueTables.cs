namespace Lacuna.Entropy;

/// <summary>Makes tables from a weight or a cumulative frequency for every value, however many values there are.</summary>
/// <remarks>
/// <para>
/// A <see cref="FrequencyTable"/> holds 255 codes. Where there are more values, 2 to 128 neighbours share one: of all shifts the one is
/// taken at which the values cost the fewest bits on average, so that a long thin tail goes by the escape and does not coarsen the rest.
/// </para>
/// <para>Class: exact (<see cref="ExactMath"/>, <see cref="Frequencies.Normalise"/>): the same tables on every machine.</para>
/// </remarks>
public static class ValueTables
{
    /// <summary>Most values of a table: all 16-bit numbers.</summary>
    public const int MaxValues = 1 << 16;

    /// <summary>Makes a table from weights.</summary>
    /// <param name="firstValue">The value of <paramref name="weights"/>[0].</param>
    /// <param name="weights">1 to <see cref="MaxValues"/>: of each value, any positive scale; finite, 0 or more, not all 0.</param>
    /// <param name="escapeWeight">Of all other values together, finite and 0 or more.</param>
    /// <exception cref="ArgumentException">A number is out of range, or no weight is above 0.</exception>
    public static FrequencyTable FromWeights(int firstValue, ReadOnlySpan<double> weights, double escapeWeight = 0)
    {
        Check(weights, escapeWeight);
        FrequencyTable? best = null;
        double least = double.PositiveInfinity;
        for (int shift = 0; shift <= FrequencyTable.MaxShift; shift++)
        {
            FrequencyTable table = AtShift(firstValue, weights, escapeWeight, shift, out bool holdsAll);
            double bits = MeanBits(table, firstValue, weights, escapeWeight);
            (best, least) = bits < least ? (table, bits) : (best, least);
            if (holdsAll)
            {
                break; // a wider group only blurs
            }
        }

        return best!;
    }

    /// <summary>Makes a table from cumulative frequencies, the last interval being that of the escape.</summary>
    /// <param name="firstValue">The value of the first interval.</param>
    /// <param name="cumulative">3 or more elements that rise from 0 to 65536.</param>
    /// <returns>A table of these very frequencies where its values lie from -127 to 127 and the escape has one.</returns>
    /// <exception cref="ArgumentException">There are fewer, they do not rise so, or all belong to the escape.</exception>
    public static FrequencyTable FromCumulative(int firstValue, ReadOnlySpan<int> cumulative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cumulative.Length, 3, nameof(cumulative));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cumulative.Length, MaxValues + 2, nameof(cumulative));
        if (cumulative[0] != 0 || cumulative[^1] != FrequencyTable.Total)
        {
            throw new ArgumentException($"It goes from {cumulative[0]} to {cumulative[^1]}, not from 0 to {FrequencyTable.Total}.");
        }

        var weights = new double[cumulative.Length - 2];
        var frequencies = new ushort[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Step(cumulative, i);
            frequencies[i] = (ushort)weights[i];
        }

        int escape = Step(cumulative, weights.Length);
        long last = (long)firstValue + weights.Length - 1;
        bool exact = escape is > 0 and < FrequencyTable.Total && firstValue >= -FrequencyTable.MaxCode && last <= FrequencyTable.MaxCode;
        return exact ? new FrequencyTable(firstValue, frequencies) : FromWeights(firstValue, weights, escape);
    }

    /// <summary>Makes a set from the quantised cumulative distributions of CompressAI.</summary>
    /// <param name="cumulative">Shape [tables, <paramref name="maxLength"/>].</param>
    /// <param name="maxLength">Elements of a row.</param>
    /// <param name="lengths">Shape [tables]: elements of each row in use.</param>
    /// <param name="firstValues">Shape [tables]: the value of each row's first interval.</param>
    /// <exception cref="ArgumentException">As <see cref="FromCumulative"/> says, of the row that the message names.</exception>
    public static TableSet FromCumulatives(
        ReadOnlySpan<int> cumulative, int maxLength, ReadOnlySpan<int> lengths, ReadOnlySpan<int> firstValues)
    {
        FrequencyTable[] tables = Room(lengths.Length);
        for (int i = 0; i < tables.Length; i++)
        {
            if (lengths[i] < 3 || lengths[i] > maxLength)
            {
                throw new ArgumentException($"Row {i}: its length is {lengths[i]}, not 3 to {maxLength}.");
            }

            ReadOnlySpan<int> row = cumulative.Slice(i * maxLength, lengths[i]);
            try
            {
                tables[i] = FromCumulative(firstValues[i], row);
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"Row {i}: {error.Message}", error);
            }
        }

        return new TableSet(tables);
    }

    /// <summary>Makes a set from weights.</summary>
    /// <param name="weights">Shape [tables, <paramref name="length"/>].</param>
    /// <param name="length">Values of a table.</param>
    /// <param name="firstValues">Shape [tables]: each table's first value.</param>
    /// <param name="escapeWeights">Shape [tables], or empty: all 0.</param>
    /// <exception cref="ArgumentException">
    /// As <see cref="FromWeights(int, ReadOnlySpan{double}, double)"/> says, of the row that the message names.
    /// </exception>
    public static TableSet FromWeights(
        ReadOnlySpan<double> weights, int length, ReadOnlySpan<int> firstValues, ReadOnlySpan<double> escapeWeights)
    {
        FrequencyTable[] tables = Room(firstValues.Length);
        for (int i = 0; i < tables.Length; i++)
        {
            ReadOnlySpan<double> row = weights.Slice(i * length, length);
            try
            {
                tables[i] = FromWeights(firstValues[i], row, escapeWeights.IsEmpty ? 0 : escapeWeights[i]);
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"Row {i}: {error.Message}", error);
            }
        }

        return new TableSet(tables);
    }

    static FrequencyTable AtShift(int firstValue, ReadOnlySpan<double> weights, double escapeWeight, int shift, out bool holdsAll)
    {
        Span<double> codes = stackalloc double[(2 * FrequencyTable.MaxCode) + 1];
        codes.Clear();
        double escape = escapeWeight;
        holdsAll = true;
        for (int i = 0; i < weights.Length; i++)
        {
            long place = (((long)firstValue + i) >> shift) + FrequencyTable.MaxCode;
            bool held = place >= 0 && place < codes.Length;
            codes[held ? (int)place : 0] += held ? weights[i] : 0;
            escape += held ? 0 : weights[i];
            holdsAll &= held || weights[i] == 0;
        }

        if (!codes.ContainsAnyExcept(0))
        {
            codes[FrequencyTable.MaxCode] = escape / FrequencyTable.Total; // a table holds something
        }

        return FrequencyTable.FromWeights(-FrequencyTable.MaxCode, codes, escape, shift);
    }

    /// <summary>Bits that the values cost, times the sum of the weights.</summary>
    static double MeanBits(FrequencyTable table, int firstValue, ReadOnlySpan<double> weights, double escapeWeight)
    {
        Span<double> bits = stackalloc double[256];
        for (int code = 0; code < bits.Length; code++)
        {
            bits[code] = FrequencyTable.Log2Total - ExactMath.Log2(Math.Max((int)table.ByCode[code], 1));
        }

        double escaped = bits[128] + TableSet.EscapeBits;
        double sum = escapeWeight * escaped;
        for (int i = 0; i < weights.Length; i++)
        {
            long value = (long)firstValue + i;
            int code = value == (short)value ? table.CodeOf((int)value) : -128;
            sum += weights[i] * (code == -128 ? escaped : bits[(byte)code]);
        }

        return sum;
    }

    static FrequencyTable[] Room(int tables)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tables);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tables, TableSet.MaxCount);
        return new FrequencyTable[tables];
    }

    static int Step(ReadOnlySpan<int> cumulative, int interval)
    {
        long step = (long)cumulative[interval + 1] - cumulative[interval];
        return step is >= 0 and <= FrequencyTable.Total
            ? (int)step
            : throw new ArgumentException($"It falls or leaps from element {interval} to the next.");
    }

    static void Check(ReadOnlySpan<double> weights, double escapeWeight)
    {
        ArgumentOutOfRangeException.ThrowIfZero(weights.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weights.Length, MaxValues, nameof(weights));
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight >= 0 ? weight : double.NaN;
        }

        if (!(sum > 0 && escapeWeight >= 0 && double.IsFinite(sum + escapeWeight)))
        {
            throw new ArgumentException("Weights must be finite, 0 or more, and not all 0.");
        }
    }
}
