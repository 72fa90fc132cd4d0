using System.Runtime.InteropServices;

namespace Lacuna.Entropy;

/// <summary>Fits a set of tables to data in which groups of symbols are alike: blocks, rows, channels.</summary>
/// <remarks>
/// <para>
/// k-means with bits as the distance: groups are dealt out by their mean magnitude, a table is fitted to each share, every group goes
/// to the table that codes it in the fewest bits, and so on until none moves. For use before coding; it allocates.
/// </para>
/// <para>Class: exact: the same tables on every machine. Source: S. P. Lloyd, "Least squares quantization in PCM", 1982.</para>
/// </remarks>
public static class TableSetFitting
{
    const int MaxRounds = 16;

    /// <summary>Fits a set.</summary>
    /// <param name="symbols">Shape [groups, <paramref name="groupLength"/>]; the last group may be shorter.</param>
    /// <param name="groupLength">Symbols of a group, 1 or more.</param>
    /// <param name="tables">Tables, 1 to <see cref="TableSet.MaxCount"/>; where there are fewer groups, as many as these.</param>
    /// <param name="groupTables">Shape [groups]; receives each group's table.</param>
    /// <returns>The set; tables that no group uses are as they last were.</returns>
    /// <exception cref="ArgumentException">
    /// There are no symbols, <paramref name="groupTables"/> has another length, or a number is out of range.
    /// </exception>
    public static TableSet Fit(ReadOnlySpan<short> symbols, int groupLength, int tables, Span<ushort> groupTables)
    {
        ArgumentOutOfRangeException.ThrowIfZero(symbols.Length, nameof(symbols));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tables);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tables, TableSet.MaxCount);
        int groups = ((symbols.Length - 1) / groupLength) + 1;
        ArgumentOutOfRangeException.ThrowIfNotEqual(groupTables.Length, groups, nameof(groupTables));

        var fitted = new FrequencyTable[Math.Min(tables, groups)];
        DealByMagnitude(symbols, groupLength, fitted.Length, groupTables);
        for (int round = 0; ; round++)
        {
            FitTables(symbols, groupLength, groupTables, fitted);
            var set = new TableSet(fitted);
            if (round == MaxRounds || !Assign(set, symbols, groupLength, groupTables))
            {
                return set;
            }
        }
    }

    /// <summary>Gives each table as many groups, those of the least magnitudes first.</summary>
    static void DealByMagnitude(ReadOnlySpan<short> symbols, int groupLength, int tables, Span<ushort> groupTables)
    {
        var magnitudes = new (double Mean, int Group)[groupTables.Length];
        for (int group = 0; group < magnitudes.Length; group++)
        {
            ReadOnlySpan<short> own = Group(symbols, groupLength, group);
            long sum = 0;
            foreach (short symbol in own)
            {
                sum += Math.Abs((int)symbol);
            }

            magnitudes[group] = ((double)sum / own.Length, group);
        }

        Array.Sort(magnitudes);
        for (int i = 0; i < magnitudes.Length; i++)
        {
            groupTables[magnitudes[i].Group] = (ushort)((long)i * tables / magnitudes.Length);
        }
    }

    static void FitTables(
        ReadOnlySpan<short> symbols, int groupLength, ReadOnlySpan<ushort> groupTables, FrequencyTable[] fitted)
    {
        var own = new List<short>();
        for (int table = 0; table < fitted.Length; table++)
        {
            own.Clear();
            for (int group = 0; group < groupTables.Length; group++)
            {
                if (groupTables[group] == table)
                {
                    own.AddRange(Group(symbols, groupLength, group));
                }
            }

            if (own.Count > 0)
            {
                fitted[table] = FrequencyTable.Fit(CollectionsMarshal.AsSpan(own));
            }
        }
    }

    /// <returns>Whether a group has moved.</returns>
    static bool Assign(TableSet set, ReadOnlySpan<short> symbols, int groupLength, Span<ushort> groupTables)
    {
        bool moved = false;
        for (int group = 0; group < groupTables.Length; group++)
        {
            var best = (ushort)set.Best(Group(symbols, groupLength, group));
            moved |= best != groupTables[group];
            groupTables[group] = best;
        }

        return moved;
    }

    static ReadOnlySpan<short> Group(ReadOnlySpan<short> symbols, int groupLength, int group)
    {
        int first = group * groupLength;
        return symbols.Slice(first, Math.Min(groupLength, symbols.Length - first));
    }
}
