namespace Lacuna.Tests.Reference;

/// <summary>One table: frequencies of one value of each code (by unsigned code; the escape's, if any, at 128), and the shift.</summary>
sealed record PlainTable(int Shift, int[] Frequencies, bool HasEscape = true)
{
    public const int Escape = 128;

    public int Slots(int code) => code == Escape ? Frequencies[code] : Frequencies[code] << Shift;
}

/// <summary>The Gaussian set, worked out anew from docs/format.md, section 4.4, with an error function of its own.</summary>
static class PlainGaussianTables
{
    const int Total = 65536;

    public static PlainTable[] Set { get; } =
        [.. Enumerable.Range(0, 64).Select(i => Make(0.11 * Math.Exp(i * Math.Log(256 / 0.11) / 63)))];

    /// <summary>FNV-1a over shift and frequencies of every table, 16 bits little-endian each.</summary>
    public static ulong Hash(IEnumerable<PlainTable> tables)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (int number in tables.SelectMany(table => table.Frequencies.Prepend(table.Shift)))
        {
            hash = (hash ^ (byte)number) * 0x100000001B3;
            hash = (hash ^ (byte)(number >> 8)) * 0x100000001B3;
        }

        return hash;
    }

    static PlainTable Make(double deviation)
    {
        int shift = 0;
        while (Probability(127, shift, deviation) >= Least(shift) || Probability(-127, shift, deviation) >= Least(shift))
        {
            shift++;
        }

        int first = 0, last = 0;
        while (Probability(first, shift, deviation) >= Least(shift))
        {
            first--;
        }

        while (Probability(last, shift, deviation) >= Least(shift))
        {
            last++;
        }

        double escape = Tail(((last + 1) << shift) - 0.5, deviation) + Tail(-((first << shift) - 0.5), deviation);
        double[] probabilities = [.. Enumerable.Range(first, last - first + 1).Select(code => Probability(code, shift, deviation)), escape];
        int[] units = Share(probabilities, Total >> shift);
        var frequencies = new int[256];
        for (int code = first; code <= last; code++)
        {
            frequencies[code & 255] = units[code - first];
        }

        frequencies[PlainTable.Escape] = units[^1] << shift;
        return new PlainTable(shift, frequencies);
    }

    /// <summary>Whole numbers above 0 with a sum, as near to the probabilities as the information that they cost can tell.</summary>
    static int[] Share(double[] p, int total)
    {
        double sum = p.Sum();
        p = [.. p.Select(value => value / sum)];
        int[] f = [.. p.Select(value => Math.Max(1, (int)(value * total)))];
        while (f.Sum() < total)
        {
            f[Best(p, f)]++;
        }

        while (f.Sum() > total)
        {
            f[Worst(p, f)]--;
        }

        while (Best(p, f) is var to && Worst(p, f) is var from && from >= 0 && Gain(p, f, to) > Loss(p, f, from))
        {
            f[to]++;
            f[from]--;
        }

        return f;
    }

    static double Gain(double[] p, int[] f, int i) => p[i] * p[i] / (f[i] * (f[i] + 1.0));

    static double Loss(double[] p, int[] f, int i) => f[i] == 1 ? double.PositiveInfinity : p[i] * p[i] / (f[i] * (f[i] - 1.0));

    static int Best(double[] p, int[] f) => Enumerable.Range(0, p.Length).MaxBy(i => Gain(p, f, i));

    static int Worst(double[] p, int[] f) => Enumerable.Range(0, p.Length).MinBy(i => Loss(p, f, i));

    static double Least(int shift) => (1 << shift) / 16.0 / Total;

    static double Probability(int code, int shift, double deviation)
    {
        double low = (code << shift) - 0.5, high = ((code + 1) << shift) - 0.5;
        return low > 0 ? Tail(low, deviation) - Tail(high, deviation)
            : high < 0 ? Tail(-high, deviation) - Tail(-low, deviation)
            : 1 - Tail(high, deviation) - Tail(-low, deviation);
    }

    /// <summary>The Gaussian's integral from x to infinity.</summary>
    static double Tail(double x, double deviation) => UpperTail(x / deviation);

    static double UpperTail(double x)
    {
        if (x < 0)
        {
            return 1 - UpperTail(-x);
        }

        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (x > 3)
        {
            double fraction = 0; // x + 1/(x + 2/(x + 3/(x + ...)))
            for (int i = 200; i > 0; i--)
            {
                fraction = i / (x + fraction);
            }

            return density / (x + fraction);
        }

        double term = x, series = x; // x + x^3/3 + x^5/(3 * 5) + ...
        for (int i = 3; term > 1e-18 * series; i += 2)
        {
            term *= x * x / i;
            series += term;
        }

        return 0.5 - density * series;
    }
}
