using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Lacuna.Bits;

namespace Lacuna.Entropy;

/// <summary>Writes sets of tables compactly, and reads them back: the built-in ones by name, others table by table.</summary>
/// <remarks>
/// <para>
/// A frequency is an adaptive number in the context of the bit length of the one before it in the same table: some 8 bits for smooth
/// distributions.
/// </para>
/// <para>Source: docs/format.md, section 4.8. Class: exact.</para>
/// </remarks>
public static class TableSetCode
{
    /// <summary>The number of tables that reading accepts unless it is told another.</summary>
    public const int DefaultMaxTables = 1024;

    /// <summary>Bytes that a table takes at most: 255 frequencies of fewer than 64 bits, and what stands before them.</summary>
    const int MaxTableBytes = 2304;

    const int HeadBytes = 1 + 3 + 5;
    const int MaxLength = 16;
    const int ShiftBits = 3;
    const int CodeBits = 8;

    enum Kind : byte
    {
        Listed = 0,
        Gaussian = 1,
        Laplace = 2,
    }

    /// <summary>Bytes that always hold a set.</summary>
    /// <param name="tables">Tables in the set.</param>
    public static long MaxBytes(int tables) => HeadBytes + ((long)MaxTableBytes * tables);

    /// <summary>Writes a set.</summary>
    /// <param name="set">The tables.</param>
    /// <param name="destination">Receives the set from index 0; <see cref="MaxBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <returns><see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>.</returns>
    public static OperationStatus Write(TableSet set, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(set);
        written = 0;
        var head = new ByteWriter(destination);
        Kind kind = set == TableSet.Gaussian ? Kind.Gaussian : set == TableSet.Laplace ? Kind.Laplace : Kind.Listed;
        if (!head.TryWriteU8((byte)kind))
        {
            return OperationStatus.DestinationTooSmall;
        }

        if (kind == Kind.Listed)
        {
            // The tables are written where they will stand but for their length before them.
            if (destination.Length < HeadBytes)
            {
                return OperationStatus.DestinationTooSmall;
            }

            Span<byte> body = destination[HeadBytes..];
            var encoder = new AdaptiveEncoder(body);
            var model = new Model();
            for (int table = 0; table < set.Count; table++)
            {
                Write(ref encoder, model, set[table]);
            }

            if (encoder.Finish(out int length) != OperationStatus.Done)
            {
                return OperationStatus.DestinationTooSmall;
            }

            head.TryWriteVarint((ulong)set.Count);
            head.TryWriteVarint((ulong)length);
            body[..length].CopyTo(head.Remaining);
            written = length;
        }

        written += head.Written;
        return OperationStatus.Done;
    }

    /// <summary>Reads a set.</summary>
    /// <param name="source">Begins with what <see cref="Write(TableSet, Span{byte}, out int)"/> wrote; any bytes may follow.</param>
    /// <param name="set">Receives the set; null unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="consumed">Receives the bytes read; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="maxTables">The number of tables that is accepted, which bounds memory: 3 KiB a table.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the source ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>, also where there are more tables than accepted.
    /// </returns>
    public static OperationStatus Read(
        ReadOnlySpan<byte> source, [MaybeNull] out TableSet set, out int consumed, int maxTables = DefaultMaxTables)
    {
        (set, consumed) = (null, 0);
        var head = new ByteReader(source);
        if (!head.TryReadU8(out byte kind))
        {
            return OperationStatus.NeedMoreData;
        }

        if (kind is (byte)Kind.Gaussian or (byte)Kind.Laplace)
        {
            set = kind == (byte)Kind.Gaussian ? TableSet.Gaussian : TableSet.Laplace;
            consumed = head.Consumed;
            return OperationStatus.Done;
        }

        if (kind != (byte)Kind.Listed)
        {
            return OperationStatus.InvalidData;
        }

        if (!head.TryReadVarint(out ulong count) || !head.TryReadVarint(out ulong length))
        {
            return OperationStatus.NeedMoreData;
        }

        if (count == 0 || count > (ulong)Math.Clamp(maxTables, 0, TableSet.MaxCount) || length > MaxTableBytes * count)
        {
            return OperationStatus.InvalidData;
        }

        if (!head.TryReadBytes((int)length, out ReadOnlySpan<byte> body))
        {
            return OperationStatus.NeedMoreData;
        }

        OperationStatus status = ReadTables(body, (int)count, out set);
        consumed = status == OperationStatus.Done ? head.Consumed : 0;
        return status;
    }

    static OperationStatus ReadTables(ReadOnlySpan<byte> body, int count, [MaybeNull] out TableSet set)
    {
        set = null;
        var decoder = new AdaptiveDecoder(body);
        var model = new Model();
        List<FrequencyTable> tables = [];
        while (tables.Count < count)
        {
            FrequencyTable? table = Read(ref decoder, model);
            if (table is null || decoder.IsStarved)
            {
                return OperationStatus.InvalidData;
            }

            tables.Add(table);
        }

        if (decoder.Finish() != OperationStatus.Done)
        {
            return OperationStatus.InvalidData;
        }

        set = new TableSet([.. tables]);
        return OperationStatus.Done;
    }

    static void Write(ref AdaptiveEncoder encoder, Model model, FrequencyTable table)
    {
        int first = -FrequencyTable.MaxCode;
        int last = FrequencyTable.MaxCode;
        for (; table.ByCode[(byte)first] == 0; first++)
        {
        }

        for (; table.ByCode[(byte)last] == 0; last--)
        {
        }

        encoder.EncodeTree(model.Shift, ShiftBits, table.Shift);
        encoder.EncodeTree(model.First, CodeBits, (byte)first);
        encoder.EncodeTree(model.Last, CodeBits, (byte)last);
        int before = 0;
        for (int code = first; code <= last; code++)
        {
            uint frequency = table.ByCode[(byte)code];
            encoder.Encode(model.Frequencies[before], frequency);
            before = BitLength(frequency);
        }
    }

    /// <returns>Null where no table is written so.</returns>
    static FrequencyTable? Read(ref AdaptiveDecoder decoder, Model model)
    {
        int shift = decoder.DecodeTree(model.Shift, ShiftBits);
        int first = (sbyte)decoder.DecodeTree(model.First, CodeBits);
        int last = (sbyte)decoder.DecodeTree(model.Last, CodeBits);
        if (first < -FrequencyTable.MaxCode || last < first)
        {
            return null;
        }

        Span<ushort> frequencies = stackalloc ushort[last - first + 1];
        int before = 0;
        long used = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            uint frequency = decoder.Decode(model.Frequencies[before]);
            if (frequency >= FrequencyTable.Total)
            {
                return null;
            }

            frequencies[i] = (ushort)frequency;
            used += (long)frequency << shift;
            before = BitLength(frequency);
        }

        bool isTable = frequencies[0] != 0 && frequencies[^1] != 0 && used < FrequencyTable.Total;
        return isTable ? new FrequencyTable(first, frequencies, shift) : null;
    }

    static int BitLength(uint value) => 32 - BitOperations.LeadingZeroCount(value);

    /// <summary>The contexts of one set.</summary>
    sealed class Model
    {
        public AdaptiveBit[] Shift { get; } = new AdaptiveBit[1 << ShiftBits];

        public AdaptiveBit[] First { get; } = new AdaptiveBit[1 << CodeBits];

        public AdaptiveBit[] Last { get; } = new AdaptiveBit[1 << CodeBits];

        /// <summary>By the bit length of the frequency before.</summary>
        public AdaptiveNumber[] Frequencies { get; } = Sequence.Of(MaxLength + 1, _ => new AdaptiveNumber());
    }
}
