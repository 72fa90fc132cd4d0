using System.Buffers;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>Reads back what <see cref="IndexedRansEncoder"/> wrote, in any number of steps.</summary>
/// <remarks>
/// <para>Steps let the tables of later symbols depend on earlier ones, as the context passes of a learned codec want it.</para>
/// <para>Nothing here throws on bad data, reads outside the stream or works longer than the count that the caller gives.</para>
/// <para>Stream: docs/format.md, section 4. Allocates nothing.</para>
/// </remarks>
public ref struct IndexedRansDecoder
{
    readonly TableSet tables;
    RansStreamDecoder stream;

    /// <summary>Opens a stream.</summary>
    /// <param name="tables">Equal to the encoder's.</param>
    /// <param name="source">The stream and nothing after it; not copied.</param>
    /// <param name="count">Symbols in the stream, 0 or more.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative.</exception>
    public IndexedRansDecoder(TableSet tables, ReadOnlySpan<byte> source, int count)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        this.tables = tables;
        stream = new RansStreamDecoder(source, count);
    }

    /// <summary>What the stream has come to so far; once it is not <see cref="OperationStatus.Done"/> it stays.</summary>
    public readonly OperationStatus Status => stream.Status;

    /// <summary>Symbols not yet decoded.</summary>
    public readonly int Remaining => stream.Remaining;

    /// <summary>Decodes a whole stream in one step.</summary>
    /// <param name="tables">Equal to the encoder's.</param>
    /// <param name="source">The stream and nothing after it.</param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">
    /// As long as <paramref name="indices"/>; all 0 unless the result is <see cref="OperationStatus.Done"/>.
    /// </param>
    /// <returns>As <see cref="Finish"/>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an index is outside the set.</exception>
    public static OperationStatus Decode(TableSet tables, ReadOnlySpan<byte> source, TableIndices indices, Span<short> symbols)
    {
        var decoder = new IndexedRansDecoder(tables, source, symbols.Length);
        decoder.Decode(indices, symbols);
        OperationStatus status = decoder.Finish();
        if (status != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return status;
    }

    /// <summary>Decodes the next symbols.</summary>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">
    /// As long as <paramref name="indices"/>; all 0 unless the result is <see cref="OperationStatus.Done"/>.
    /// </param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> where the stream ends too soon; or
    /// <see cref="OperationStatus.InvalidData"/>. Most damage shows only in <see cref="Finish"/>, or in a checksum around the stream.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an index is outside the set, or more symbols are asked for than remain.
    /// </exception>
    public OperationStatus Decode(ReadOnlySpan<byte> indices, Span<short> symbols) => Decode(new TableIndices(indices), symbols);

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, Span{short})"/>
    public OperationStatus Decode(ReadOnlySpan<ushort> indices, Span<short> symbols) => Decode(new TableIndices(indices), symbols);

    /// <summary>Checks that the stream ends where its symbols do.</summary>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> where all words are read and all lanes are back where the encoder started;
    /// else <see cref="OperationStatus.InvalidData"/>, or what went wrong before.
    /// </returns>
    /// <exception cref="InvalidOperationException">Symbols remain.</exception>
    public OperationStatus Finish()
    {
        if (Remaining != 0 && Status == OperationStatus.Done)
        {
            throw new InvalidOperationException($"{Remaining} symbols have not been decoded.");
        }

        return stream.Finish();
    }

    OperationStatus Decode(TableIndices indices, Span<short> symbols)
    {
        tables.ThrowUnlessIndexed(indices, symbols.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols.Length, Remaining, nameof(symbols));
        if (stream.Decode(new IndexedRansTarget(tables, indices, symbols)) != OperationStatus.Done)
        {
            symbols.Clear();
        }

        return Status;
    }
}
