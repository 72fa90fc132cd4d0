using System.Runtime.InteropServices;

namespace Lacuna.Entropy;

/// <summary>The LZ4 block format: matches and literals without a head, a length or a checksum.</summary>
/// <remarks>
/// For those who keep sizes themselves; <see cref="Lz4Frame"/> is what the program <c>lz4</c> reads, and a
/// <see cref="CompressionMethod.Lz4"/> payload has blocks as chunks. Any block decodes to the same bytes with every version of the
/// library; which block is made of the same bytes may differ between versions.
/// <para>Source: LZ4 1.9.4, doc/lz4_Block_format.md.</para>
/// </remarks>
public static unsafe class Lz4Block
{
    /// <summary>Longest input, in bytes: LZ4_MAX_INPUT_SIZE.</summary>
    public const int MaxBytes = 0x7E000000;

    /// <summary>Highest level.</summary>
    public const int MaxLevel = 12;

    /// <summary>Whether the library is there: always in a native build; otherwise where the system has <c>liblz4.so.1</c>.</summary>
    public static bool IsAvailable => Lz4Library.IsAvailable;

    /// <summary>Bytes that always hold the block of <paramref name="count"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0 or above <see cref="MaxBytes"/>.</exception>
    public static int MaxEncodedBytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxBytes);
        return count + (count / 255) + 16;
    }

    /// <summary>Makes a block.</summary>
    /// <param name="source">Up to <see cref="MaxBytes"/> bytes.</param>
    /// <param name="destination">Receives the block from index 0; must not overlap the source.</param>
    /// <param name="level">0: fast; 1 to <see cref="MaxLevel"/>: smaller and slower (LZ4 HC).</param>
    /// <param name="written">Bytes of the block; 0 unless the result is Done.</param>
    /// <returns>
    /// <see cref="CompressionStatus.Done"/>, <see cref="CompressionStatus.DestinationTooSmall"/> or
    /// <see cref="CompressionStatus.LibraryMissing"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The source is too long, or there is no such level.</exception>
    public static CompressionStatus Encode(ReadOnlySpan<byte> source, Span<byte> destination, int level, out int written)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Length, MaxBytes, nameof(source));
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        written = 0;
        if (!IsAvailable)
        {
            return CompressionStatus.LibraryMissing;
        }

        fixed (byte* from = &Start(source), to = &Start(destination))
        {
            written = level == 0
                ? Lz4Library.CompressDefault(from, to, source.Length, destination.Length)
                : Lz4Library.CompressHigh(from, to, source.Length, destination.Length, level);
        }

        return written > 0 ? CompressionStatus.Done : CompressionStatus.DestinationTooSmall;
    }

    /// <summary>Reads a block.</summary>
    /// <param name="source">The block and nothing after it; any bytes.</param>
    /// <param name="destination">Receives the bytes; must not overlap the source.</param>
    /// <param name="written">Bytes of the content; 0 unless the result is Done.</param>
    /// <returns>
    /// <see cref="CompressionStatus.Done"/>; <see cref="CompressionStatus.InvalidData"/>, also where the content is longer than
    /// the destination, which a block does not tell apart; or <see cref="CompressionStatus.LibraryMissing"/>.
    /// </returns>
    public static CompressionStatus Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        written = 0;
        if (!IsAvailable)
        {
            return CompressionStatus.LibraryMissing;
        }

        int bytes;
        fixed (byte* from = &Start(source), to = &Start(destination))
        {
            bytes = Lz4Library.Decompress(from, to, source.Length, destination.Length);
        }

        written = Math.Max(bytes, 0);
        return bytes >= 0 ? CompressionStatus.Done : CompressionStatus.InvalidData;
    }

    /// <summary>An address for empty spans too, which the library wants.</summary>
    internal static ref byte Start(ReadOnlySpan<byte> span) =>
        ref span.IsEmpty ? ref MemoryMarshal.GetReference(Nothing) : ref MemoryMarshal.GetReference(span);

    static ReadOnlySpan<byte> Nothing => [0];
}
