using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>One distribution of bytes for a whole block, in frequencies of 1/65536; made anew for block after block.</summary>
/// <remarks>
/// <para>Every byte value is a symbol; what does not occur has the frequency 0. A table of one symbol has the frequency 65536.</para>
/// <para>
/// Memory: 133 KiB, most of it for encoding, and nothing more is ever allocated. Threads may share a table while nobody changes it.
/// </para>
/// <para>Source: docs/format.md, section 4.6.</para>
/// </remarks>
public sealed class StaticTable
{
    /// <summary>Byte values.</summary>
    public const int Symbols = 256;

    /// <summary>Bytes that <see cref="Write"/> takes at most.</summary>
    public const int MaxBytes = StaticTableCode.MaxBytes;

    readonly int[] frequencies = new int[Symbols];
    readonly AliasTable alias = new();
    readonly ulong[] decoding = new ulong[RansDecodeStatic.Buckets];
    readonly ulong[] encoding = new ulong[RansEncodeStatic.Symbols];
    readonly ushort[] slots = new ushort[RansEncodeStatic.Slots];
    StaticTableCode.Shape shape;
    volatile bool encodes;

    /// <summary>Makes a table in which all symbols are alike.</summary>
    public StaticTable()
    {
        frequencies.AsSpan().Fill(FrequencyTable.Total / Symbols);
        Prepare(default);
    }

    /// <summary>Shape [256]; their sum is 65536.</summary>
    public ReadOnlySpan<int> Frequencies => frequencies;

    /// <summary>The symbol that has all 65536, if one has; else -1. Its streams are empty.</summary>
    public int OnlySymbol { get; private set; }

    /// <summary>What decoding reads.</summary>
    internal ReadOnlySpan<ulong> Decoding => decoding;

    /// <summary>What encoding reads, by symbol.</summary>
    internal ReadOnlySpan<ulong> Encoding
    {
        get
        {
            PrepareEncoding();
            return encoding;
        }
    }

    /// <summary>What encoding reads, by position.</summary>
    internal ReadOnlySpan<ushort> Slots
    {
        get
        {
            PrepareEncoding();
            return slots;
        }
    }

    /// <summary>Fits the table to counts: the best frequencies, rounded as far as the shorter table is worth it.</summary>
    /// <param name="counts">Shape [256], as <see cref="Histogram"/> gives them; at least one above 0, their sum below 2^32.</param>
    /// <exception cref="ArgumentException">There are not 256 counts, all are 0, or they are too large.</exception>
    public void Fit(ReadOnlySpan<uint> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Symbols, nameof(counts));
        ulong sum = 0;
        foreach (uint count in counts)
        {
            sum += count;
        }

        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(counts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sum, uint.MaxValue, nameof(counts));
        StaticFrequencies.FromCounts(counts, frequencies);
        Prepare(StaticTableCode.Round(frequencies, (uint)sum));
    }

    /// <summary>Writes the table.</summary>
    /// <param name="destination">Receives the table from index 0; <see cref="MaxBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    public OperationStatus Write(Span<byte> destination, out int written) =>
        StaticTableCode.Write(frequencies, shape, destination, out written);

    /// <summary>Reads a table that <see cref="Write"/> wrote.</summary>
    /// <param name="source">The table; bytes after it are left alone.</param>
    /// <param name="consumed">Bytes read; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; else <see cref="OperationStatus.NeedMoreData"/> or
    /// <see cref="OperationStatus.InvalidData"/>, and the table is as before.
    /// </returns>
    public OperationStatus Read(ReadOnlySpan<byte> source, out int consumed)
    {
        Span<int> read = stackalloc int[Symbols];
        OperationStatus status = StaticTableCode.Read(source, read, out StaticTableCode.Shape form, out consumed);
        if (status == OperationStatus.Done)
        {
            read.CopyTo(frequencies);
            Prepare(form);
        }

        return status;
    }

    /// <summary>Information of an average symbol of this distribution.</summary>
    /// <returns>Bits: the same on every machine.</returns>
    public double BitsPerSymbol()
    {
        double bits = 0;
        foreach (int frequency in frequencies)
        {
            bits += frequency == 0 ? 0 : frequency * (FrequencyTable.Log2Total - ExactMath.Log2(frequency));
        }

        return bits / FrequencyTable.Total;
    }

    /// <summary>Information of symbols with given counts under this table.</summary>
    /// <param name="counts">Shape [256].</param>
    /// <returns>Bits; infinite where a symbol occurs that has no frequency.</returns>
    /// <exception cref="ArgumentException">There are not 256 counts.</exception>
    public double EstimateBits(ReadOnlySpan<uint> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Symbols, nameof(counts));
        double bits = 0;
        for (int i = 0; i < Symbols; i++)
        {
            bits += counts[i] == 0 ? 0
                : frequencies[i] == 0 ? double.PositiveInfinity
                : counts[i] * (FrequencyTable.Log2Total - ExactMath.Log2(frequencies[i]));
        }

        return bits;
    }

    void Prepare(StaticTableCode.Shape shape)
    {
        this.shape = shape;
        OnlySymbol = frequencies.AsSpan().IndexOf(FrequencyTable.Total);
        if (OnlySymbol < 0)
        {
            Span<ushort> words = stackalloc ushort[Symbols];
            for (int i = 0; i < Symbols; i++)
            {
                words[i] = (ushort)frequencies[i];
            }

            alias.Build(words, words);
            alias.WriteDecoding(decoding);
        }

        encodes = false;
    }

    /// <summary>What takes most time is left to the first encoding; threads that come to it at once write the same.</summary>
    void PrepareEncoding()
    {
        if (!encodes && OnlySymbol < 0)
        {
            alias.WriteSlots(encoding, slots);
            encodes = true;
        }
    }
}
