namespace Lacuna.Entropy;

/// <summary>A distribution of 16-bit symbols in frequencies of 1/65536: some values directly, all others by an escape.</summary>
/// <remarks>
/// <para>
/// Values are grouped by <c>2^shift</c>: <c>code = value >> shift</c>, -127 to 127, has a frequency, and each of its values has
/// that frequency. A wide distribution therefore takes no longer to decode than a narrow one: one look-up gives the code and the
/// low bits together. A code without a frequency, or outside the table, goes by the escape and costs 16 bits more.
/// </para>
/// <para>Invariant: sum over codes of frequency * 2^shift, plus the escape's frequency, is 65536; the escape's is 1 or more.</para>
/// <para>Source: docs/format.md, section 4.</para>
/// </remarks>
public sealed class FrequencyTable
{
    /// <summary>The sum of all frequencies.</summary>
    public const int Total = 1 << Log2Total;

    /// <summary>The largest magnitude of a code.</summary>
    public const int MaxCode = 127;

    /// <summary>The largest number of low bits that a table may leave equally likely.</summary>
    public const int MaxShift = 7;

    internal const int Log2Total = 16;

    const int EscapeIndex = 128;

    readonly ushort[] frequencies = new ushort[256];

    /// <summary>Makes a table of given frequencies; what they leave of 65536 belongs to the escape.</summary>
    /// <param name="firstCode">The code of <paramref name="frequencies"/>[0], -127 or more.</param>
    /// <param name="frequencies">Of one value of each code; 0 sends the code's values by the escape. Copied.</param>
    /// <param name="shift">Low bits of a value that are equally likely, 0 to <see cref="MaxShift"/>.</param>
    /// <exception cref="ArgumentException">
    /// A code lies outside -127 to 127, all frequencies are 0, or they leave nothing for the escape.
    /// </exception>
    public FrequencyTable(int firstCode, ReadOnlySpan<ushort> frequencies, int shift = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstCode, -MaxCode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)firstCode + frequencies.Length, MaxCode + 1, nameof(firstCode));
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shift, MaxShift);

        long used = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            used += (long)frequencies[i] << shift;
            this.frequencies[(byte)(firstCode + i)] = frequencies[i];
        }

        if (used is < 1 or >= Total)
        {
            throw new ArgumentException($"Frequencies must take 1 to {Total - 1} of {Total}; they take {used}.", nameof(frequencies));
        }

        this.frequencies[EscapeIndex] = (ushort)(Total - used);
        Shift = shift;
    }

    /// <summary>Low bits of a value that are equally likely.</summary>
    public int Shift { get; }

    /// <summary>The escape's frequency.</summary>
    public int EscapeFrequency => frequencies[EscapeIndex];

    /// <summary>Shape [256], by code as an unsigned byte; the escape's at 128.</summary>
    internal ReadOnlySpan<ushort> ByCode => frequencies;

    /// <summary>Makes the table that codes a source with the given weights in the fewest bits, or within a hair of it.</summary>
    /// <param name="firstCode">The code of <paramref name="weights"/>[0], -127 or more.</param>
    /// <param name="weights">
    /// Of each code, any positive scale; where above 0 the code gets a frequency of at least 1, where 0 it goes by the escape.
    /// </param>
    /// <param name="escapeWeight">Of all other values together, 0 or more; the escape gets at least 2^shift.</param>
    /// <param name="shift">Low bits of a value that are equally likely, 0 to <see cref="MaxShift"/>.</param>
    /// <exception cref="ArgumentException">As the constructor's; or a weight is negative or not finite.</exception>
    public static FrequencyTable FromWeights(int firstCode, ReadOnlySpan<double> weights, double escapeWeight, int shift = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weights.Length, (2 * MaxCode) + 1, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNegative(escapeWeight);
        Span<double> all = stackalloc double[weights.Length + 1];
        weights.CopyTo(all);
        all[^1] = Math.Max(escapeWeight, double.Epsilon);

        Span<int> units = stackalloc int[all.Length];
        Frequencies.Normalise(all, Total >> shift, units);

        Span<ushort> frequencies = stackalloc ushort[weights.Length];
        for (int i = 0; i < frequencies.Length; i++)
        {
            frequencies[i] = (ushort)units[i];
        }

        return new FrequencyTable(firstCode, frequencies, shift);
    }

    /// <summary>Makes the table that codes given symbols in the fewest bits, or within a hair of it.</summary>
    /// <param name="symbols">One or more, of any 16-bit values.</param>
    /// <returns>
    /// A table with the least shift at which one symbol in 4096 or fewer goes by the escape; seldom values get a frequency of their own
    /// as long as their code is -127 to 127.
    /// </returns>
    /// <exception cref="ArgumentException">There are no symbols.</exception>
    public static FrequencyTable Fit(ReadOnlySpan<short> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfZero(symbols.Length, nameof(symbols));
        Span<double> counts = stackalloc double[(2 * MaxCode) + 1];
        int escaped = Count(symbols, 0, counts);
        int shift = 0;
        while (shift < MaxShift && escaped > symbols.Length / 4096)
        {
            shift++;
            escaped = Count(symbols, shift, counts);
        }

        if (escaped == symbols.Length)
        {
            counts[MaxCode] = 1; // a table holds something
        }

        return FromWeights(-MaxCode, counts, escaped, shift);
    }

    /// <summary>Counts the codes at a shift.</summary>
    /// <returns>Symbols that have none.</returns>
    static int Count(ReadOnlySpan<short> symbols, int shift, Span<double> counts)
    {
        counts.Clear();
        int escaped = 0;
        foreach (short symbol in symbols)
        {
            int place = (symbol >> shift) + MaxCode;
            if ((uint)place < (uint)counts.Length)
            {
                counts[place]++;
            }
            else
            {
                escaped++;
            }
        }

        return escaped;
    }

    /// <summary>The code of a symbol, or -128 where the symbol goes by the escape.</summary>
    internal int CodeOf(int symbol)
    {
        int code = symbol >> Shift;
        return Math.Abs(code) <= MaxCode && frequencies[(byte)code] != 0 ? code : -EscapeIndex;
    }
}
