using Lacuna.Entropy;
using Lacuna.Kernels;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>Distributions and bytes for the tests of the static coder.</summary>
static class StaticInputs
{
    /// <summary>Counts of every shape: flat, peaked, with gaps, few symbols, one dominant, one only.</summary>
    public static uint[] AnyCounts(Random random)
    {
        var counts = new uint[256];
        double power = random.Next(1, 12);
        double scale = Math.Pow(2, random.Next(1, 24));
        int gap = random.Next(1, 40);
        int last = random.Next(2) == 0 ? 256 : random.Next(1, 257);
        for (int i = 0; i < last; i++)
        {
            counts[i] = random.Next(gap) > gap / 2 ? 0 : (uint)(scale * Math.Pow(random.NextDouble(), power));
        }

        counts[random.Next(256)] += random.Next(3) == 0 ? 1u << random.Next(28) : 1;
        return counts;
    }

    /// <summary>A table fitted to any counts.</summary>
    public static StaticTable AnyTable(Random random)
    {
        var table = new StaticTable();
        table.Fit(AnyCounts(random));
        return table;
    }

    /// <summary>Bytes in the proportions of a table.</summary>
    public static byte[] Symbols(Random random, StaticTable table, int count)
    {
        byte[] bySlot = new byte[FrequencyTable.Total];
        int at = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            bySlot.AsSpan(at, table.Frequencies[symbol]).Fill((byte)symbol);
            at += table.Frequencies[symbol];
        }

        byte[] symbols = new byte[count];
        foreach (ref byte symbol in symbols.AsSpan())
        {
            symbol = bySlot[random.Next(bySlot.Length)];
        }

        return symbols;
    }

    /// <summary>Rounded Gaussians of a given information in bits.</summary>
    public static byte[] Gaussian(int seed, int count, double bits)
    {
        var random = new Random(seed);
        double deviation = Math.Pow(2, bits) / 4.1327; // sqrt(2 pi e)
        byte[] bytes = new byte[count];
        foreach (ref byte value in bytes.AsSpan())
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            value = (byte)(sbyte)Math.Clamp(Math.Round(normal * deviation), -128, 127);
        }

        return bytes;
    }

    /// <summary>Information of bytes under their own counts, in bytes.</summary>
    public static double Information(byte[] bytes)
    {
        var counts = new uint[256];
        Histogram.Run(bytes, counts);
        return counts.Where(count => count > 0).Sum(count => -count * Math.Log2((double)count / bytes.Length)) / 8;
    }
}
