using System.Buffers;
using System.Buffers.Binary;
using Lacuna.Bits;
using Lacuna.Kernels;

namespace Lacuna.Entropy;

/// <summary>A chunk of symbols with a table each: it tells their number and its table set, and has a checksum.</summary>
/// <remarks>
/// For learned codecs whose packets are to be told apart, checked and decoded one by one. The indices are known from elsewhere, and those
/// of later symbols may follow from earlier ones. Stream: docs/format.md, section 11.3. Class: exact.
/// </remarks>
public static class IndexedChunk
{
    const byte Named = 0, Gaussian = 1, Laplace = 2;
    const int ReferenceBytes = 1 + sizeof(uint);

    /// <summary>Bytes that always hold the chunk of <paramref name="count"/> symbols.</summary>
    /// <param name="count">Symbols, 0 or more.</param>
    public static long MaxEncodedBytes(int count) =>
        ChunkFormat.MaxChunkOverhead + ReferenceBytes + IndexedRansEncoder.MaxEncodedBytes(count);

    /// <summary>Writes a chunk.</summary>
    /// <param name="tables">
    /// The distributions. <see cref="TableSet.Gaussian"/> and <see cref="TableSet.Laplace"/> are told by themselves, others by
    /// <paramref name="name"/>.
    /// </param>
    /// <param name="indices">A table for each symbol.</param>
    /// <param name="symbols">As long as <paramref name="indices"/>; any values.</param>
    /// <param name="destination">Receives the chunk from index 0; <see cref="MaxEncodedBytes"/> bytes always suffice.</param>
    /// <param name="written">Bytes written; 0 unless the result is <see cref="OperationStatus.Done"/>.</param>
    /// <param name="name">What both ends call a set of their own, such as a checksum of it.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/> or <see cref="OperationStatus.DestinationTooSmall"/>, and then the contents of
    /// <paramref name="destination"/> are unspecified.
    /// </returns>
    /// <exception cref="ArgumentException">Lengths differ, or an index is outside the set.</exception>
    public static OperationStatus Encode(
        TableSet tables, ReadOnlySpan<byte> indices, ReadOnlySpan<short> symbols, Span<byte> destination, out int written, uint name = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Span<byte> body = Body(destination);
        OperationStatus status = IndexedRansEncoder.Encode(tables, indices, symbols, body, out written);
        return Close(status, tables, name, symbols.Length, destination, ref written);
    }

    /// <inheritdoc cref="Encode(TableSet, ReadOnlySpan{byte}, ReadOnlySpan{short}, Span{byte}, out int, uint)"/>
    public static OperationStatus Encode(
        TableSet tables, ReadOnlySpan<ushort> indices, ReadOnlySpan<short> symbols, Span<byte> destination, out int written, uint name = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Span<byte> body = Body(destination);
        OperationStatus status = IndexedRansEncoder.Encode(tables, indices, symbols, body, out written);
        return Close(status, tables, name, symbols.Length, destination, ref written);
    }

    /// <summary>Checks a chunk and begins to decode it; <see cref="IndexedRansDecoder.Finish"/> ends that.</summary>
    /// <param name="source">A chunk, and perhaps more behind it; borrowed by the decoder.</param>
    /// <param name="tables">The set that it was written with.</param>
    /// <param name="decoder">
    /// Gives the symbols, in any number of steps; its <see cref="IndexedRansDecoder.Remaining"/> is their number.
    /// </param>
    /// <param name="consumed">Bytes of the chunk; 0 unless the result is <see cref="CompressionStatus.Done"/>.</param>
    /// <param name="name">What both ends call a set of their own.</param>
    /// <returns>
    /// <see cref="CompressionStatus.Done"/>, <see cref="CompressionStatus.Truncated"/>, <see cref="CompressionStatus.InvalidData"/>, or
    /// <see cref="CompressionStatus.Unsupported"/> for another method or another set.
    /// </returns>
    public static CompressionStatus Open(
        ReadOnlySpan<byte> source, TableSet tables, out IndexedRansDecoder decoder, out int consumed, uint name = 0)
    {
        ArgumentNullException.ThrowIfNull(tables);
        decoder = default;
        consumed = 0;
        CompressionStatus status = ChunkFormat.ReadChunk(source, 0, out Chunk chunk);
        if (status != CompressionStatus.Done)
        {
            return status;
        }

        if (chunk.Method != ChunkMethod.Indexed)
        {
            return CompressionStatus.Unsupported;
        }

        Span<byte> expected = stackalloc byte[ReferenceBytes];
        expected = expected[..WriteReference(tables, name, expected)];
        ReadOnlySpan<byte> body = source.Slice(chunk.Body, chunk.BodyBytes);
        if (!chunk.IsIntact(source) || body.IsEmpty || body[0] > Laplace)
        {
            return CompressionStatus.InvalidData;
        }

        if (!body.StartsWith(expected))
        {
            return CompressionStatus.Unsupported;
        }

        decoder = new IndexedRansDecoder(tables, body[expected.Length..], chunk.Count);
        consumed = chunk.End;
        return CompressionStatus.Done;
    }

    static Span<byte> Body(Span<byte> destination) =>
        destination[Math.Min(ChunkFormat.MaxChunkOverhead + ReferenceBytes, destination.Length)..];

    static int WriteReference(TableSet tables, uint name, Span<byte> destination)
    {
        destination[0] = ReferenceEquals(tables, TableSet.Gaussian) ? Gaussian
            : ReferenceEquals(tables, TableSet.Laplace) ? Laplace
            : Named;
        if (destination[0] != Named)
        {
            return 1;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination[1..], name);
        return ReferenceBytes;
    }

    /// <summary>Puts head, reference and check around a stream that lies behind the room for them.</summary>
    static OperationStatus Close(OperationStatus status, TableSet tables, uint name, int count, Span<byte> destination, ref int written)
    {
        int stream = written;
        written = 0;
        if (status != OperationStatus.Done || destination.Length < ChunkFormat.MaxChunkOverhead + ReferenceBytes)
        {
            return OperationStatus.DestinationTooSmall;
        }

        Span<byte> reference = stackalloc byte[ReferenceBytes];
        reference = reference[..WriteReference(tables, name, reference)];
        var writer = new ByteWriter(destination);
        _ = writer.TryWriteU8((byte)ChunkMethod.Indexed) && writer.TryWriteVarint((ulong)count)
            && writer.TryWriteVarint((ulong)(reference.Length + stream)) && writer.TryWriteBytes(reference);
        Body(destination)[..stream].CopyTo(writer.Remaining);
        int end = writer.Written + stream;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[end..], Crc32C.Run(0, destination[..end]));
        written = end + ChunkFormat.CheckBytes;
        return OperationStatus.Done;
    }
}
