using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Lacuna.Bits;

namespace Lacuna.Entropy;

/// <summary>Writes and reads the frequencies of a <see cref="StaticTable"/>.</summary>
/// <remarks>
/// <code>
///   varint  size of what follows; 0: 256 frequencies of 16 bits
///   adaptive binary code of: precision (4 bits), the symbol that takes what the others leave (8 bits),
///   and for each other symbol whether it occurs, the length of its frequency, and the first bits below the leading 1
/// </code>
/// <para>Source: docs/format.md, section 4.6. Class: exact, integers only.</para>
/// </remarks>
static class StaticTableCode
{
    /// <summary>Bytes of the longest code: a size, and all frequencies.</summary>
    public const int MaxBytes = 1 + (sizeof(ushort) * Symbols);

    const int Symbols = StaticTable.Symbols;
    const int SymbolBits = 8;
    const int PrecisionBits = 4;
    const int MaxPrecision = (1 << PrecisionBits) - 1;

    /// <summary>How frequencies are written.</summary>
    /// <param name="Precision">Bits below the leading 1, 0 to 15.</param>
    /// <param name="Rest">The symbol that takes what the others leave.</param>
    public readonly record struct Shape(int Precision, int Rest);

    /// <summary>Rounds frequencies to as many bits below the leading 1 as a block of this length is worth.</summary>
    /// <remarks>
    /// Rounding to p bits costs some <c>0.06 / 4^p</c> bits a symbol of the block, and a bit of precision one bit a symbol of the table.
    /// </remarks>
    /// <param name="frequencies">Shape [256]; rounded in place.</param>
    /// <param name="length">Symbols that the table is for.</param>
    public static Shape Round(Span<int> frequencies, uint length)
    {
        int used = Symbols - frequencies.Count(0);
        int top = IndexOfGreatest(frequencies);
        int precision = (BitOperations.Log2((length / 12 / (uint)used) + 1) + 1) / 2;
        Span<int> rounded = stackalloc int[Symbols];
        for (; precision < MaxPrecision; precision++)
        {
            int left = FrequencyTable.Total;
            for (int i = 0; i < Symbols; i++)
            {
                rounded[i] = Rounded(frequencies[i], precision);
                left -= i == top ? 0 : rounded[i];
            }

            rounded[top] = left;
            if (Math.Abs(left - frequencies[top]) <= frequencies[top] / 8)
            {
                rounded.CopyTo(frequencies);
                return new Shape(precision, top);
            }
        }

        return new Shape(MaxPrecision, top);
    }

    /// <summary>Writes frequencies.</summary>
    public static OperationStatus Write(ReadOnlySpan<int> frequencies, Shape shape, Span<byte> destination, out int written)
    {
        Span<byte> code = stackalloc byte[MaxBytes - 2];
        var encoder = new AdaptiveEncoder(code);
        encoder.EncodeEqual((uint)shape.Precision, PrecisionBits);
        encoder.EncodeEqual((uint)shape.Rest, SymbolBits);
        var model = new StaticTableModel();
        for (int i = 0; i < Symbols; i++)
        {
            if (i != shape.Rest)
            {
                model.Encode(ref encoder, frequencies[i], shape.Precision);
            }
        }

        written = 0;
        var writer = new ByteWriter(destination);
        bool fits = encoder.Finish(out int size) == OperationStatus.Done
            ? writer.TryWriteVarint((ulong)size) && writer.TryWriteBytes(code[..size])
            : TryWriteWhole(frequencies, ref writer);
        written = fits ? writer.Written : 0;
        return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <summary>Reads frequencies.</summary>
    public static OperationStatus Read(ReadOnlySpan<byte> source, Span<int> frequencies, out Shape shape, out int consumed)
    {
        (shape, consumed) = (new Shape(MaxPrecision, 0), 0);
        var reader = new ByteReader(source);
        if (!reader.TryReadVarint(out ulong size))
        {
            return source.Length < ByteWriter.MaxVarintBytes ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        }

        bool whole = size == 0;
        if (size > MaxBytes - 2)
        {
            return OperationStatus.InvalidData; // the encoder writes such a table whole
        }

        if (!reader.TryReadBytes(whole ? MaxBytes - 1 : (int)size, out ReadOnlySpan<byte> code))
        {
            return OperationStatus.NeedMoreData;
        }

        OperationStatus status = whole ? ReadWhole(code, frequencies) : ReadCoded(code, frequencies, out shape);
        consumed = status == OperationStatus.Done ? reader.Consumed : 0;
        return status;
    }

    static OperationStatus ReadCoded(ReadOnlySpan<byte> code, Span<int> frequencies, out Shape shape)
    {
        var decoder = new AdaptiveDecoder(code);
        shape = new Shape((int)decoder.DecodeEqual(PrecisionBits), (int)decoder.DecodeEqual(SymbolBits));
        int left = FrequencyTable.Total;
        var model = new StaticTableModel();
        for (int i = 0; i < Symbols; i++)
        {
            frequencies[i] = i == shape.Rest ? 0 : model.Decode(ref decoder, shape.Precision);
            left -= frequencies[i];
        }

        frequencies[shape.Rest] = left;
        OperationStatus end = decoder.Finish();
        return end == OperationStatus.Done && (left <= 0 || !model.IsValid) ? OperationStatus.InvalidData : end;
    }

    static bool TryWriteWhole(ReadOnlySpan<int> frequencies, ref ByteWriter writer)
    {
        bool fits = writer.TryWriteU8(0);
        foreach (int frequency in frequencies)
        {
            fits &= writer.TryWriteU16((ushort)frequency);
        }

        return fits;
    }

    static OperationStatus ReadWhole(ReadOnlySpan<byte> words, Span<int> frequencies)
    {
        int sum = 0;
        for (int i = 0; i < Symbols; i++)
        {
            frequencies[i] = BinaryPrimitives.ReadUInt16LittleEndian(words[(sizeof(ushort) * i)..]);
            sum += frequencies[i];
        }

        return sum == FrequencyTable.Total ? OperationStatus.Done : OperationStatus.InvalidData;
    }

    static int Rounded(int frequency, int precision)
    {
        int drop = Math.Max(0, BitOperations.Log2((uint)frequency | 1) - precision);
        return (frequency + (1 << drop >> 1)) >> drop << drop;
    }

    static int IndexOfGreatest(ReadOnlySpan<int> frequencies)
    {
        int top = 0;
        for (int i = 1; i < frequencies.Length; i++)
        {
            top = frequencies[i] > frequencies[top] ? i : top;
        }

        return top;
    }
}
