using Lacuna.Entropy;

namespace Lacuna.Tests.Engine.Entropy;

/// <summary>Tables, symbols and damage for the tests of the rANS coder.</summary>
static class RansInputs
{
    /// <summary>1 to 256 tables: flat, peaked, narrow, wide, with gaps, with every shift.</summary>
    public static TableSet AnySet(Random random) => AnySet(random, random.Next(5) == 0 ? TableSet.MaxByteCount : random.Next(1, 9));

    /// <summary>256 tables, so that every byte is an index.</summary>
    public static TableSet FullSet(int seed) => AnySet(new Random(seed), TableSet.MaxByteCount);

    /// <summary>256 tables without shifts that hold at least -32 to 31; their escapes have one slot.</summary>
    public static TableSet NarrowSet(int seed)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, TableSet.MaxByteCount).Select(_ =>
        {
            double[] weights = [.. Enumerable.Range(0, random.Next(64, 256)).Select(_ => random.NextDouble())];
            return FrequencyTable.FromWeights(-(weights.Length / 2), weights, escapeWeight: 0);
        })]);
    }

    /// <summary>The lowest symbol of a code that a table holds, the first one from a number on.</summary>
    public static short Held(FrequencyTable table, int from)
    {
        for (int i = from; i < from + 256; i++)
        {
            if ((byte)i != 128 && table.ByCode[(byte)i] != 0)
            {
                return (short)((sbyte)i << table.Shift);
            }
        }

        return 0;
    }

    /// <summary>FNV-1a over shift and frequencies by code of every table, in hexadecimal.</summary>
    public static string Hash(TableSet set)
    {
        ulong hash = 14695981039346656037;
        for (int table = 0; table < set.Count; table++)
        {
            Mix((ushort)set[table].Shift);
            foreach (ushort frequency in set[table].ByCode)
            {
                Mix(frequency);
            }
        }

        return $"{hash:X16}";

        void Mix(ushort value)
        {
            hash = (hash ^ (byte)value) * 1099511628211;
            hash = (hash ^ (byte)(value >> 8)) * 1099511628211;
        }
    }

    /// <summary>The same indices in 16 bits.</summary>
    public static ushort[] Widened(ReadOnlySpan<byte> indices)
    {
        var wide = new ushort[indices.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = indices[i];
        }

        return wide;
    }

    /// <summary>Symbols that their tables hold, mixed with some of any 16 bits.</summary>
    public static (byte[] Indices, short[] Symbols) AnySymbols(Random random, TableSet set, int count)
    {
        int strange = random.Next(3) == 0 ? 2 : 100;
        byte[] indices = new byte[count];
        short[] symbols = new short[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = (byte)random.Next(set.Count);
            int near = random.Next(-random.Next(1, 130), random.Next(1, 130)) << set[indices[i]].Shift;
            symbols[i] = (short)(random.Next(strange) == 0 ? random.Next(-32768, 32768) : near + random.Next(2));
        }

        return (indices, symbols);
    }

    /// <summary>Gaussian symbols under Gaussian tables of every deviation.</summary>
    public static (byte[] Indices, short[] Symbols) Gaussian(int seed, int count)
    {
        var random = new Random(seed);
        byte[] indices = new byte[count];
        short[] symbols = new short[count];
        for (int i = 0; i < count; i++)
        {
            indices[i] = (byte)random.Next(GaussianTables.Count);
            symbols[i] = Gaussian(random, indices[i]);
        }

        return (indices, symbols);
    }

    /// <summary>A Gaussian symbol for each table.</summary>
    public static short[] Gaussian(Random random, byte[] indices) => [.. indices.Select(table => Gaussian(random, table))];

    /// <summary>A Gaussian symbol of a table's deviation.</summary>
    public static short Gaussian(Random random, byte table)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (short)Math.Round(normal * GaussianTables.Deviation(table));
    }

    /// <summary>A copy with bits flipped, bytes replaced, an end cut off or bytes added; never equal to the source.</summary>
    public static byte[] Damage(Random random, byte[] source)
    {
        byte[] damaged = random.Next(4) switch
        {
            0 => source[..random.Next(source.Length)],
            1 => [.. source, .. new byte[random.Next(1, 9)]],
            _ => [.. source],
        };

        for (int i = random.Next(4); i > 0 && damaged.Length > 0; i--)
        {
            int at = random.Next(2) == 0 ? random.Next(damaged.Length) : random.Next(Math.Min(8, damaged.Length));
            damaged[at] ^= random.Next(2) == 0 ? (byte)(1 << random.Next(8)) : (byte)random.Next(256);
        }

        if (damaged.AsSpan().SequenceEqual(source))
        {
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
        }

        return damaged;
    }

    static TableSet AnySet(Random random, int count) =>
        new([.. Enumerable.Range(0, count).Select(
            _ => random.Next(3) == 0 ? GaussianTables.Make(random.Next(1, 999) / 3.0) : AnyTable(random))]);

    static FrequencyTable AnyTable(Random random)
    {
        int shift = random.Next(2) == 0 ? 0 : random.Next(FrequencyTable.MaxShift + 1);
        int first = random.Next(-FrequencyTable.MaxCode, FrequencyTable.MaxCode + 1);
        double[] weights = new double[random.Next(1, FrequencyTable.MaxCode + 2 - first)];
        double power = random.Next(1, 12);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = random.Next(8) == 0 ? 0 : Math.Pow(random.NextDouble(), power);
        }

        weights[random.Next(weights.Length)] = random.Next(3) == 0 ? 1000 : 1;
        return FrequencyTable.FromWeights(first, weights, random.NextDouble() * random.Next(2), shift);
    }
}
