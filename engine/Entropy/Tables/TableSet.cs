using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>The distributions among which every symbol of an indexed rANS stream chooses.</summary>
/// <remarks>
/// Immutable: threads may share it. Memory: 3 KiB a table to decode with, 19 KiB more from the first encoding and 1 KiB from the first
/// estimate on: a full set of 65,535 takes 1.5 GB to encode with.
/// </remarks>
public sealed class TableSet
{
    /// <summary>The largest number of tables in a set.</summary>
    public const int MaxCount = 65535;

    /// <summary>The largest number of tables that indices of a byte can tell apart.</summary>
    public const int MaxByteCount = 256;

    /// <summary>Bits that an escaped symbol takes beside its escape.</summary>
    public const int EscapeBits = 16;

    const int Codes = RansDecodeIndexed.Buckets;

    readonly FrequencyTable[] tables;
    readonly ulong[] entries;
    readonly byte[] shifts;
    readonly Lazy<EncodingTables> encoding;
    readonly Lazy<float[]> costs;

    /// <summary>Makes a set; symbol by symbol, a caller names its tables by their place here.</summary>
    /// <param name="tables">1 to <see cref="MaxCount"/> tables; copied.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public TableSet(params ReadOnlySpan<FrequencyTable> tables)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tables.Length, nameof(tables));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tables.Length, MaxCount, nameof(tables));
        this.tables = tables.ToArray();
        entries = new ulong[tables.Length * Codes];
        shifts = new byte[tables.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            new AliasTable(tables[i]).WriteDecoding(entries.AsSpan(i * Codes, Codes));
            shifts[i] = (byte)tables[i].Shift;
        }

        encoding = new Lazy<EncodingTables>(() => new EncodingTables(this.tables));
        costs = new Lazy<float[]>(MakeCosts);
    }

    /// <summary>64 zero-mean Gaussians, the deviation of table i being <see cref="GaussianTables.Deviation"/>(i).</summary>
    public static TableSet Gaussian => GaussianTables.Set;

    /// <summary>Number of tables.</summary>
    public int Count => tables.Length;

    /// <summary>What decoding reads.</summary>
    internal RansDecodeIndexed.Tables Decoding => new(entries, shifts);

    /// <summary>What encoding reads.</summary>
    internal RansEncodeIndexed.Tables Encoding => encoding.Value.For(shifts);

    /// <summary>64 zero-mean Laplace distributions of the same deviations.</summary>
    public static TableSet Laplace => LaplaceTables.Set;

    /// <summary>The table at a place.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public FrequencyTable this[int table] => tables[table];

    /// <summary>Information content of a symbol, its escape included.</summary>
    /// <param name="table">A table's place.</param>
    /// <param name="symbol">Any 16-bit value.</param>
    /// <returns>Bits: what the symbol adds to a stream, but for the rounding of the stream's end.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such table.</exception>
    public double Bits(int table, int symbol)
    {
        int code = tables[table].CodeOf(symbol);
        int frequency = tables[table].ByCode[(byte)code];
        return (code < -FrequencyTable.MaxCode ? EscapeBits : 0) + FrequencyTable.Log2Total - ExactMath.Log2(frequency);
    }

    /// <summary>The same as <see cref="Bits"/> in single precision, by one look-up; for searches over many candidates.</summary>
    /// <param name="table">A table's place.</param>
    /// <param name="symbol">Any 16-bit value.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such table.</exception>
    public float Cost(int table, int symbol) => costs.Value[CostIndex(table, symbol)];

    /// <summary>Bits that a stream of these symbols takes, but for its header.</summary>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>.</param>
    /// <returns>The sum of <see cref="Cost"/> in the order of the symbols: the same bits on every machine.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or an index is outside the set.</exception>
    public double EstimateBits(ReadOnlySpan<byte> indices, ReadOnlySpan<short> symbols) => EstimateBits(new TableIndices(indices), symbols);

    /// <inheritdoc cref="EstimateBits(ReadOnlySpan{byte}, ReadOnlySpan{short})"/>
    public double EstimateBits(TableIndices indices, ReadOnlySpan<short> symbols)
    {
        ThrowUnlessIndexed(indices, symbols.Length);
        float[] bits = costs.Value;
        double sum = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            sum += bits[CostIndex(indices[i], symbols[i])];
        }

        return sum;
    }

    /// <summary>The table of the set that codes given symbols in the fewest bits.</summary>
    /// <param name="symbols">Any 16-bit values.</param>
    /// <returns>A table's place; of equal ones the first.</returns>
    public int Best(ReadOnlySpan<short> symbols)
    {
        float[] bits = costs.Value;
        int best = 0;
        double least = double.PositiveInfinity;
        for (int table = 0; table < Count; table++)
        {
            double sum = 0;
            for (int i = 0; i < symbols.Length && sum < least; i++)
            {
                sum += bits[CostIndex(table, symbols[i])];
            }

            (best, least) = sum < least ? (table, sum) : (best, least);
        }

        return best;
    }

    /// <summary>Throws unless there is an index within the set for each of <paramref name="symbols"/> symbols.</summary>
    internal void ThrowUnlessIndexed(TableIndices indices, int symbols)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, symbols, nameof(indices));
        if (!indices.AreWithin(Count))
        {
            throw new ArgumentOutOfRangeException(nameof(indices), "An index is outside the set of tables.");
        }
    }

    int CostIndex(int table, int symbol)
    {
        int code = symbol >> shifts[table];
        return (table << 8) | (Math.Abs(code) <= FrequencyTable.MaxCode ? (byte)code : RansDecodeIndexed.EscapeCode);
    }

    float[] MakeCosts()
    {
        var bits = new float[tables.Length * Codes];
        for (int table = 0; table < tables.Length; table++)
        {
            var escape = (float)Bits(table, short.MinValue);
            bits.AsSpan(table * Codes, Codes).Fill(escape);
            for (int code = -FrequencyTable.MaxCode; code <= FrequencyTable.MaxCode; code++)
            {
                if (tables[table].ByCode[(byte)code] != 0)
                {
                    bits[(table << 8) | (byte)code] = (float)Bits(table, code << tables[table].Shift);
                }
            }
        }

        return bits;
    }

    /// <summary>The arrays behind <see cref="RansEncodeIndexed.Tables"/>.</summary>
    sealed class EncodingTables
    {
        readonly ulong[] symbols;
        readonly ulong[] chunks;
        readonly ushort[] pieces;

        public EncodingTables(FrequencyTable[] tables)
        {
            symbols = new ulong[tables.Length * Codes];
            chunks = new ulong[tables.Length * RansEncodeIndexed.Chunks];
            pieces = new ushort[tables.Length * RansEncodeIndexed.Pieces];
            for (int i = 0; i < tables.Length; i++)
            {
                new AliasTable(tables[i]).WriteEncoding(
                    symbols.AsSpan(i * Codes, Codes),
                    chunks.AsSpan(i * RansEncodeIndexed.Chunks, RansEncodeIndexed.Chunks),
                    pieces.AsSpan(i * RansEncodeIndexed.Pieces, RansEncodeIndexed.Pieces),
                    i * RansEncodeIndexed.Pieces);
            }
        }

        public RansEncodeIndexed.Tables For(byte[] shifts) => new(symbols, shifts, chunks, pieces);
    }
}
